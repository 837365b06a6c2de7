import { Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useT } from '@/i18n/message';
import classes from './PageHead.module.css';

interface PageHeadProps {
  title: string;
  /** A line under the title. */
  note?: ReactNode;
  /** The way back, above the title. */
  back?: ReactNode;
  actions?: ReactNode;
}

/** The page's only h1; also names the browser's tab. */
export function PageHead({ title, note, back, actions }: PageHeadProps) {
  useTabTitle(title);
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        {back && <div className={classes.back}>{back}</div>}
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        {note && <div className={classes.note}>{note}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

export function useTabTitle(title: string) {
  const t = useT();
  useEffect(() => {
    document.title = `${title} · ${t('frame.brand')}`;
  }, [title, t]);
}
