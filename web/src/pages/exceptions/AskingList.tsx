import { Button } from '@mantine/core';
import { IconCircleCheck, IconClock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { useSource } from '@/source/source';
import { Badge } from '@/ui/Badge';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { useCardNames } from '@/ui/trade/useCardNames';
import type { Asking } from './declines';

interface AskingListProps {
  askings: Asking[];
  onGrant?: (id: string) => void;
}

/** What was asked, where and why it was refused, and the answer to each. */
export function AskingList({ askings, onGrant }: AskingListProps) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const names = useCardNames(true);
  const { unitOf, nameOf } = useProducts();
  const { sayDecline } = useProblem();
  const { reading } = useSource();
  return (
    <Table
      label={t('exceptions.waiting')}
      head={
        <>
          <th scope="col">{t('history.card')}</th>
          <th scope="col">{t('entry.asked')}</th>
          <th scope="col">{t('exceptions.why')}</th>
          <th scope="col" className={table.number}>{t('exceptions.answer')}</th>
        </>
      }
    >
      {askings.map(({ decline, times, answer }) => {
        const number = decline.card_number ?? '';
        const name = names.get(number) ?? groupedNumber(number);
        return (
          <tr key={decline.id}>
            <td>
              <Link data-row {...reading.toCard(number)} className={table.main}>
                {name}
              </Link>
              <div className={table.under}>{format.dateTime(decline.at)}</div>
            </td>
            <td className={table.wide}>
              {decline.quantity && format.quantity(decline.quantity, unitOf(decline.product))}{' '}
              {decline.product && nameOf(decline.product)}
              <div className={table.under}>
                {decline.station_code && t('exceptions.at', { station: decline.station_code })}
                {times > 1 && ` · ${t('exceptions.times', { count: times })}`}
              </div>
            </td>
            <td className={table.wide}>
              {decline.reason && sayDecline(decline.reason)}
              {decline.reason?.max_quantity && (
                <div className={table.under}>
                  {t('check.wouldPass', { quantity: format.quantity(decline.reason.max_quantity, unitOf(decline.product)) })}
                </div>
              )}
            </td>
            <td className={`${table.number} ${table.wide}`}>
              {answer ? (
                <Badge tone="good" icon={<IconCircleCheck aria-hidden />}>
                  {t('exceptions.wasGranted')}
                </Badge>
              ) : onGrant && may('editRules') ? (
                <Button size="sm" aria-label={t('exceptions.grantNamed', { name })} onClick={() => onGrant(decline.id)}>
                  {t('exceptions.grant')}
                </Button>
              ) : (
                <Badge tone="attention" icon={<IconClock aria-hidden />}>
                  {t('exceptions.waits')}
                </Badge>
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
