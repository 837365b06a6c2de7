import type { ReactNode } from 'react';
import classes from './Figure.module.css';

interface FigureProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  tone?: 'plain' | 'attention' | 'refused';
  size?: 'small' | 'large';
}

/** A figure with its name; the large one is the page's answer, and there is one of it. */
export function Figure({ label, value, note, tone = 'plain', size = 'small' }: FigureProps) {
  return (
    <div className={classes.figure} data-tone={tone} data-size={size}>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>{value}</div>
      {note && <div className={classes.note}>{note}</div>}
    </div>
  );
}
