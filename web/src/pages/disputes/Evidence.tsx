import { Link } from '@tanstack/react-router';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { DisputeDetails } from '@/model';
import { FactList } from '@/pages/disputes/FactList';
import { Life } from '@/pages/history/Life';
import { useSource } from '@/source/source';
import { Panel } from '@/ui/Panel';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './disputes.module.css';

type Known = DisputeDetails['evidence'];

/** What was known of a purchase when it was disputed, as it was. */
export function Evidence({ dispute }: { dispute: DisputeDetails }) {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  const { reading } = useSource();
  const known = dispute.evidence;
  const { purchase } = known;
  return (
    <Panel title={t('evidence.title')}>
      <p className="muted">{t('evidence.note')}</p>
      <div className={classes.part}>
        <FactList
          facts={[
            [t('history.when'), format.dateTime(purchase.at)],
            [t('history.station'), purchase.station_code],
            [t('evidence.terminal'), known.terminal_id],
            [t('history.product'), purchase.product && nameOf(purchase.product)],
            [t('history.quantity'), purchase.quantity && format.quantity(purchase.quantity, unitOf(purchase.product))],
            [t('entry.price'), purchase.price && format.roubles(purchase.price)],
            [t('history.amount'), format.roubles(dispute.amount)],
            [t('evidence.returned'), Number(known.returned) > 0 && format.quantity(known.returned, unitOf(purchase.product))],
            [t('evidence.card'), [known.label, groupedNumber(dispute.card_number)].filter(Boolean).join(' · ')],
            [t('evidence.group'), known.group],
            [t('evidence.cardState'), <CardState key="state" known={known} />],
            [t('evidence.pin'), t(known.has_pin ? 'evidence.withPin' : 'evidence.withoutPin')],
            [
              t('disputes.purchase'),
              <Link key="entry" {...reading.toHistory({ entry: dispute.entry_id })}>
                {t('evidence.toEntry')}
              </Link>,
            ],
          ]}
        />
      </div>
      <div className={classes.part}>
        <Life life={known.life} type="purchase" product={purchase.product} title={t('evidence.life')} />
      </div>
      <div className={classes.part}>
        <Nearby known={known} />
      </div>
    </Panel>
  );
}

function CardState({ known }: { known: Known }) {
  const t = useT();
  const states = [
    known.closed && t('evidence.closed'),
    known.blocked_by_client && t('evidence.blockedByClient'),
    known.blocked_by_staff && t('evidence.blockedByStaff'),
  ].filter(Boolean);
  return states.length > 0 ? states.join(', ') : t('evidence.cardWorks');
}

function Nearby({ known }: { known: Known }) {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  if (known.nearby.length === 0) return <p className="muted">{t('evidence.noNearby')}</p>;
  return (
    <section>
      <h3 className={classes.title}>{t('evidence.nearby')}</h3>
      <Table
        label={t('evidence.nearby')}
        head={
          <>
            <th scope="col">{t('history.what')}</th>
            <th scope="col">{t('history.station')}</th>
            <th scope="col" className={table.number}>
              {t('history.quantity')}
            </th>
          </>
        }
      >
        {known.nearby.map((one) => (
          <tr key={`${one.at} ${one.type} ${one.quantity}`}>
            <td className={table.wide}>
              {t(`entryType.${one.type as 'purchase' | 'refund' | 'decline'}`)}
              {one.product && ` · ${nameOf(one.product)}`}
              <div className={table.under}>{format.dateTime(one.at)}</div>
            </td>
            <td data-name={t('history.station')}>{one.station_code}</td>
            <td className={table.number} data-name={t('history.quantity')}>
              {format.quantity(one.quantity, unitOf(one.product))}
              {one.type !== 'decline' && <div className={table.under}>{format.roubles(one.amount)}</div>}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
