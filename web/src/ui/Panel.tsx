import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface PanelProps {
  title?: string;
  actions?: ReactNode;
  /** Without inner margins, for a table that reaches the edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A quiet surface with one subject. */
export function Panel({ title, actions, flush = false, children }: PanelProps) {
  return (
    <section className={classes.panel}>
      {(title || actions) && (
        <header className={classes.head}>
          {title && (
            <Title order={2} size="h4">
              {title}
            </Title>
          )}
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
