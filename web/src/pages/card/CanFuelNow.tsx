import { isZero } from '@/format/amounts';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { Figure } from '@/ui/Figure';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { useBound } from './useBound';
import classes from './CanFuelNow.module.css';

/** States that somebody gave a reason for. */
const ENDED: ReadonlySet<CardDetails['status']> = new Set(['blocked', 'blocked_by_staff', 'closed'] as const);

/** The page's answer: how much this card would get at a pump this minute, and what sets that bound. */
export function CanFuelNow({ card }: { card: CardDetails }) {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  const bound = useBound(card);
  const now = card.can_fuel_now;
  const nothing = !now || isZero(now.quantity);

  return (
    <Panel>
      <Figure
        size="large"
        label={t('card.canFuelNow')}
        tone={nothing ? 'refused' : 'plain'}
        value={
          now && !nothing ? (
            <>
              {format.quantity(now.quantity, unitOf(now.product))}{' '}
              <span className={classes.product}>{nameOf(now.product)}</span>
            </>
          ) : (
            t('card.nothing')
          )
        }
        note={
          now && !nothing ? t('card.forAmount', { amount: format.roubles(now.amount), price: format.roubles(now.price) }) : undefined
        }
      />
      {bound && (
        <p className={classes.reason}>
          {t(nothing ? 'card.refusedBy' : 'card.bound')} <strong>{bound}</strong>
          {now?.reason?.resets_at && <> · {t('card.resets', { at: format.dateTime(now.reason.resets_at) })}</>}
        </p>
      )}
      {card.block_reason && ENDED.has(card.status) && (
        <p className={classes.reason}>
          {t(card.status === 'closed' ? 'card.closeReason' : 'card.blockReason')} {card.block_reason}
          {card.blocked_at && <span className="muted"> · {format.dateTime(card.blocked_at)}</span>}
        </p>
      )}
      {card.status === 'blocked_by_staff' && (
        <div className={classes.note}>
          <Note tone="attention">{t('card.byStaffNote')}</Note>
        </div>
      )}
      {card.unlimited && (
        <div className={classes.note}>
          <Note tone="attention" title={t('cards.unlimited')}>
            {t('card.unlimitedNote')}
          </Note>
        </div>
      )}
      <div className={classes.figures}>
        {card.funding === 'purse' && <Figure label={t('card.purse')} value={format.roubles(card.purse)} />}
        <Figure label={t('cards.held')} value={format.roubles(card.held)} />
        <Figure label={t('cards.spentMonth')} value={format.roubles(card.spent_this_month)} />
      </div>
    </Panel>
  );
}
