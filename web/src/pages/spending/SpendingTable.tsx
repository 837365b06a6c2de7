import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SpendingItem } from '@/api/types.gen';
import { isNegative, percentOf, type Unit } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { HistoryFilters, SpendingGroup } from '@/search';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { useCardNames } from '@/ui/trade/useCardNames';
import type { Span } from './span';
import classes from './spending.module.css';
import { dearestFirst, quantitiesOf, totalOf } from './sums';
import { useStationNames } from './useStationNames';

/** What is not a time. */
export type SpendingThing = Exclude<SpendingGroup, 'day'>;

interface SpendingTableProps {
  by: SpendingThing;
  span: Span;
  items: SpendingItem[];
}

/** What was spent on each, with the way to the operations behind it, and in all; the dearest first. */
export function SpendingTable({ by, span, items }: SpendingTableProps) {
  const t = useT();
  const format = useFormat();
  const { unitOf: unitOfProduct, nameOf } = useProducts();
  const names = useCardNames(by === 'card');
  const stations = useStationNames(by === 'station');
  const unitOf = ({ key }: SpendingItem): Unit => (by === 'product' ? unitOfProduct(key) : 'litre');
  const total = totalOf(items);
  const many = quantitiesOf(items, unitOf).map(({ unit, quantity }) => format.quantity(quantity, unit));

  const row: Record<SpendingThing, (key: string) => { name: ReactNode; under?: string; search: HistoryFilters }> = {
    card: (key) => ({
      name: names.get(key) ?? groupedNumber(key),
      under: names.has(key) ? groupedNumber(key) : undefined,
      search: { ...span, card: key },
    }),
    product: (key) => ({ name: nameOf(key), search: { ...span, product: key } }),
    station: (key) => ({ name: stations.get(key) ?? t('spending.station', { code: key }), search: { ...span, station: key } }),
  };

  return (
    <Table
      label={t('frame.spending')}
      head={
        <>
          <th scope="col">{t(`spending.head.${by}`)}</th>
          <th scope="col" className={table.number}>{t(by === 'product' ? 'history.quantity' : 'spending.litres')}</th>
          <th scope="col" className={`${classes.share} ${table.spare}`}>
            {t('spending.part')}
          </th>
          <th scope="col" className={table.number}>{t('history.amount')}</th>
        </>
      }
    >
      {dearestFirst(items).map((item) => {
        const { name, under, search } = row[by](item.key);
        const percent = isNegative(item.amount) ? 0 : percentOf(item.amount, total);
        return (
          <tr key={item.key}>
            <td>
              <Link data-row to="/history" search={search} className={table.main}>
                {name}
              </Link>
              {under && <div className={table.under}>{under}</div>}
            </td>
            <td className={table.number} data-name={t(by === 'product' ? 'history.quantity' : 'spending.litres')}>
              {format.quantity(item.quantity, unitOf(item))}
            </td>
            <td className={`${classes.share} ${table.spare}`}>
              <div className={classes.track} role="img" aria-label={t('spending.percent', { percent: Math.round(percent) })}>
                <div className={classes.fill} style={{ width: `${percent}%` }} />
              </div>
            </td>
            <td className={table.number} data-name={t('history.amount')}>
              {format.roubles(item.amount)}
            </td>
          </tr>
        );
      })}
      <tr className={classes.total}>
        <td>{t('spending.total')}</td>
        <td className={table.number} data-name={t(by === 'product' ? 'history.quantity' : 'spending.litres')}>
          {many.length > 0 ? many.map((one) => <div key={one}>{one}</div>) : '—'}
        </td>
        <td className={table.spare} />
        <td className={table.number} data-name={t('history.amount')}>
          {format.roubles(total)}
        </td>
      </tr>
    </Table>
  );
}
