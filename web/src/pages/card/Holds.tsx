import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { Panel } from '@/ui/Panel';
import classes from './Holds.module.css';

/** Fills that were approved and are not finished: their money and litres are set aside. */
export function Holds({ card }: { card: CardDetails }) {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  return (
    <Panel title={t('holds.title')}>
      {card.holds.length === 0 ? (
        <p className="muted">{t('holds.none')}</p>
      ) : (
        <ul className={classes.list}>
          {card.holds.map((hold) => (
            <li key={hold.request_id}>
              <p className={classes.line}>
                <strong>
                  {format.quantity(hold.quantity, unitOf(hold.product))} {hold.product && nameOf(hold.product)}
                </strong>
                <span>{format.roubles(hold.amount)}</span>
              </p>
              <p className={classes.under}>
                {t('holds.where', {
                  station: hold.station_code,
                  at: format.time(hold.authorized_at),
                  until: format.time(hold.expires_at),
                })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
