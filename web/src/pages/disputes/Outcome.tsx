import { Link } from '@tanstack/react-router';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { DisputeDetails } from '@/model';
import { useSource } from '@/source/source';
import { Note } from '@/ui/Note';
import classes from './disputes.module.css';

/** How a dispute ended, and why. */
export function Outcome({ dispute }: { dispute: DisputeDetails }) {
  const t = useT();
  const format = useFormat();
  const { unitOf } = useProducts();
  const { reading } = useSource();
  const { outcome, state } = dispute;
  if (!outcome) return null;
  const at = format.dateTime(outcome.at);
  const { full_name: name } = outcome.by;
  return (
    <div className={classes.note}>
      <Note
        tone={state === 'refused' ? 'attention' : undefined}
        title={
          outcome.amount && outcome.quantity
            ? t('dispute.outcomeRefunded', {
                amount: format.roubles(outcome.amount),
                quantity: format.quantity(outcome.quantity, unitOf(dispute.product)),
              })
            : t(state === 'withdrawn' ? 'dispute.outcomeWithdrawn' : 'dispute.outcomeRefused')
        }
      >
        {outcome.reason && <p className={classes.said}>{outcome.reason}</p>}
        <p>{name ? t('dispute.decidedBy', { at, name }) : t('dispute.decided', { at })}</p>
        {outcome.refund_id && (
          <p>
            <Link {...reading.toHistory({ entry: outcome.refund_id })}>{t('dispute.toRefund')}</Link>
          </p>
        )}
      </Note>
    </div>
  );
}
