import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from './Note';
import classes from './states.module.css';

/** What a page shows before its data: the shape of it, and a word for those who do not see the shape. */
export function Loading({ words, lines = 4 }: { words: string; lines?: number }) {
  return (
    <div className={classes.loading} role="status">
      <VisuallyHidden>{words}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={22} radius="sm" className={line % 3 === 2 ? classes.short : undefined} />
      ))}
    </div>
  );
}

/** What a page shows when its data did not come. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const t = useT();
  const { say } = useProblem();
  return (
    <Note
      tone="refused"
      title={say(error)}
      actions={
        again && (
          <Button variant="default" size="sm" onClick={again}>
            {t('common.tryAgain')}
          </Button>
        )
      }
    />
  );
}

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** An empty place that says what comes next. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <div className={classes.icon} aria-hidden>
        {icon}
      </div>
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.words}>{children}</div>}
      {action}
    </div>
  );
}
