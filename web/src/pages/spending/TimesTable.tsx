import { Link } from '@tanstack/react-router';
import { isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { SpendingStep } from '@/search';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './spending.module.css';
import type { Period } from './steps';
import { litresOf, totalOf } from './sums';
import { usePeriodName } from './usePeriodName';

/** What was spent in each, the newest first, with the way to the operations behind it, and in all. */
export function TimesTable({ step, periods }: { step: SpendingStep; periods: Period[] }) {
  const t = useT();
  const format = useFormat();
  const nameOf = usePeriodName(step);
  const bought = periods.filter(({ amount, quantity }) => !isZero(amount) || !isZero(quantity)).toReversed();

  return (
    <Table
      label={t('frame.spending')}
      head={
        <>
          <th scope="col">{t(`spending.head.${step}`)}</th>
          <th scope="col" className={table.number}>{t('spending.litres')}</th>
          <th scope="col" className={table.number}>{t('history.amount')}</th>
        </>
      }
    >
      {bought.map((period) => (
        <tr key={period.from}>
          <td>
            <Link data-row to="/history" search={{ from: period.from, to: period.to }} className={table.main}>
              {nameOf(period)}
            </Link>
          </td>
          <td className={table.number} data-name={t('spending.litres')}>
            {format.quantity(period.quantity, 'litre')}
          </td>
          <td className={table.number} data-name={t('history.amount')}>
            {format.roubles(period.amount)}
          </td>
        </tr>
      ))}
      <tr className={classes.total}>
        <td>{t('spending.total')}</td>
        <td className={table.number} data-name={t('spending.litres')}>
          {format.quantity(litresOf(periods), 'litre')}
        </td>
        <td className={table.number} data-name={t('history.amount')}>
          {format.roubles(totalOf(periods))}
        </td>
      </tr>
    </Table>
  );
}
