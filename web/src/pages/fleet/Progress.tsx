import type { ReactNode } from 'react';
import classes from './Progress.module.css';

interface ProgressProps {
  done: number;
  /** Unknown yet: the bar waits. */
  total: number | null;
  words: string;
  children?: ReactNode;
}

/** How far long work is, in words and as a bar. */
export function Progress({ done, total, words, children }: ProgressProps) {
  return (
    <div className={classes.progress}>
      <p role="status">{words}</p>
      <progress className={classes.bar} aria-label={words} value={total === null ? undefined : done} max={total ?? undefined} />
      {children}
    </div>
  );
}
