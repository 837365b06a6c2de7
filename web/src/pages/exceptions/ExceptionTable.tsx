import { IconCircleCheck, IconClock, IconClockX, IconGasStation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { MEASURES } from '@/format/sums';
import { useT } from '@/i18n/message';
import type { Exception } from '@/model';
import { useAmounts } from '@/pages/budget/useAmounts';
import { useSource } from '@/source/source';
import { Badge, type Tone } from '@/ui/Badge';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';

const LOOK: Record<Exception['state'], { tone: Tone; Icon: typeof IconClock }> = {
  open: { tone: 'attention', Icon: IconClock },
  in_use: { tone: 'good', Icon: IconGasStation },
  used: { tone: 'good', Icon: IconCircleCheck },
  ended: { tone: 'quiet', Icon: IconClockX },
};

/** Exceptions, newest first: how each stands and what the reserve lent for it. */
export function ExceptionTable({ exceptions }: { exceptions: Exception[] }) {
  const t = useT();
  const format = useFormat();
  const { say } = useAmounts();
  const { unitOf, nameOf } = useProducts();
  const { reading } = useSource();
  return (
    <Table
      label={t('exceptions.granted')}
      head={
        <>
          <th scope="col">{t('history.card')}</th>
          <th scope="col">{t('exceptions.fill')}</th>
          <th scope="col">{t('cards.status')}</th>
          <th scope="col" className={table.spare}>{t('exceptions.byWhom')}</th>
          <th scope="col" className={table.number}>{t('exceptions.fromReserve')}</th>
        </>
      }
    >
      {exceptions.map((one) => {
        const { tone, Icon } = LOOK[one.state];
        const lent = MEASURES.filter((measure) => !isZero(one.lent[measure]));
        return (
          <tr key={one.id}>
            <td>
              <Link data-row {...reading.toCard(one.number)} className={table.main}>
                {one.label || groupedNumber(one.number)}
              </Link>
              <div className={table.under}>{format.dateTime(one.granted_at)}</div>
            </td>
            <td className={table.wide}>
              {t('exceptions.upTo', { quantity: format.quantity(one.litres, unitOf(one.product)) })}{' '}
              {one.product ? nameOf(one.product) : t('exceptions.anyProduct')}
            </td>
            <td>
              <Badge tone={tone} icon={<Icon aria-hidden />}>
                {t(`exceptionState.${one.state}`)}
              </Badge>
              {one.state === 'open' && <div className={table.under}>{t('exceptions.till', { at: format.dateTime(one.until) })}</div>}
            </td>
            <td className={table.spare}>{one.granted_by}</td>
            <td className={table.number} data-name={t('exceptions.fromReserve')}>
              {lent.length > 0 ? lent.map((measure) => <div key={measure}>{say(measure, one.lent[measure])}</div>) : '—'}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
