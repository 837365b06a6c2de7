import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTabTitle } from '@/ui/PageHead';
import classes from './Desk.module.css';

/** One narrow form in the middle of the page. */
export function Desk({ title, children }: { title: string; children: ReactNode }) {
  useTabTitle(title);
  return (
    <div className={classes.desk}>
      <div className={classes.sheet}>
        <Title order={1} size="h2" className={classes.title}>
          {title}
        </Title>
        {children}
      </div>
    </div>
  );
}
