import { IconMinus, IconPlus } from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { ActRow } from '@/model';
import classes from './ActList.module.css';
import { useActWords, type ChangeLine } from './useActWords';

interface ActListProps {
  acts: ActRow[];
  nameOfCard: (number: string) => string | undefined;
  /** What can be done about an act. */
  action?: (act: ActRow) => ReactNode;
}

/** Acts of people, each as a sentence with what it changed. */
export function ActList({ acts, nameOfCard, action }: ActListProps) {
  const t = useT();
  const format = useFormat();
  const words = useActWords(nameOfCard);
  return (
    <ol className={classes.list}>
      {acts.map((act) => {
        const lines = words.changes(act);
        return (
          <li key={act.seq} className={classes.act}>
            <time dateTime={act.at} className={classes.when}>
              {format.dateTime(act.at)}
            </time>
            <div className={classes.what}>
              <p className={classes.sentence}>{words.sentence(act)}</p>
              <p className={classes.who}>{words.who(act)}</p>
              {act.reason && <p className={classes.who}>{t('journal.reason', { reason: act.reason })}</p>}
              {lines.length > 0 && (
                <ul className={classes.changes}>
                  {lines.map((line) => (
                    <Line key={`${line.field} ${line.was} ${line.became}`} line={line} />
                  ))}
                </ul>
              )}
            </div>
            {action && <div className={classes.action}>{action(act)}</div>}
          </li>
        );
      })}
    </ol>
  );
}

/** `Role: viewer → manager`; a rule that went is struck out, one that came has a plus. */
function Line({ line: { field, was, became } }: { line: ChangeLine }) {
  const t = useT();
  if (field === null) {
    const Icon = was === null ? IconPlus : IconMinus;
    return (
      <li className={classes.rule} data-gone={was !== null || undefined}>
        <Icon aria-hidden className={classes.sign} />
        <VisuallyHidden>{t(was === null ? 'journal.became' : 'journal.was')}: </VisuallyHidden>
        {was === null ? <span>{became}</span> : <del>{was}</del>}
      </li>
    );
  }
  return (
    <li>
      <span className="muted">{field}:</span>{' '}
      {was !== null && (
        <>
          <VisuallyHidden>{t('journal.was')} </VisuallyHidden>
          <del>{was}</del>
        </>
      )}
      {was !== null && became !== null && <span aria-hidden> → </span>}
      {became !== null && (
        <>
          {was !== null && <VisuallyHidden> {t('journal.became')} </VisuallyHidden>}
          <ins>{became}</ins>
        </>
      )}
    </li>
  );
}
