import { IconAlertTriangle, IconBan, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Note.module.css';

interface NoteProps {
  tone?: 'quiet' | 'attention' | 'refused';
  title?: string;
  actions?: ReactNode;
  children?: ReactNode;
  /** Read out at once by a screen reader: for what a person's own act has just caused. */
  urgent?: boolean;
}

const ICONS = { quiet: IconInfoCircle, attention: IconAlertTriangle, refused: IconBan };

/** A few sentences that must be seen where they stand. */
export function Note({ tone = 'quiet', title, actions, children, urgent = false }: NoteProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes.note} data-tone={tone} role={urgent ? 'alert' : undefined}>
      <Icon className={classes.icon} aria-hidden />
      <div className={classes.words}>
        {title && <p className={classes.title}>{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
