import type { ReactNode } from 'react';
import classes from './Badge.module.css';

export type Tone = 'good' | 'quiet' | 'attention' | 'refused';

/** A state in a word, with an icon, so that colour is never the only sign. */
export function Badge({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
