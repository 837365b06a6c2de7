import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { useSource } from '@/source/source';
import { Note } from '@/ui/Note';
import classes from './Succession.module.css';

interface SuccessionProps {
  card: CardDetails;
  /** The card in whose place it stands, once it is read. */
  old?: CardDetails;
  /** What has passed to it, line by line: said right after the replacement. */
  moved?: string[];
  /** What can be done next. */
  actions?: ReactNode;
}

/** Which card a lost one left its rules and money to, and what is still to be settled on the lost one. */
export function Succession({ card, old, moved, actions }: SuccessionProps) {
  const t = useT();
  const format = useFormat();
  const { reading } = useSource();
  const to = (number: string) => (
    <Link {...reading.toCard(number)} className="nowrap">
      {groupedNumber(number)}
    </Link>
  );
  return (
    <>
      {card.replaced_by && (
        <div className={classes.note}>
          <Note title={t('heir.replacedBy')}>
            <p>
              {t('heir.heir')} {to(card.replaced_by)}
            </p>
            <p>{t('heir.left')}</p>
          </Note>
        </div>
      )}
      {card.replaces && (
        <div className={classes.note}>
          <Note title={t(moved ? 'heir.done' : 'heir.replaces')} urgent={Boolean(moved)} actions={actions}>
            {moved && (
              <ul className={classes.moved}>
                {moved.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
            {!moved && <p>{t('heir.came')}</p>}
            {old && old.holds.length > 0 && <p>{t('heir.holds', { count: old.holds.length, amount: format.roubles(old.held) })}</p>}
            <p>
              {t('heir.old')} {to(card.replaces)}
            </p>
          </Note>
        </div>
      )}
    </>
  );
}
