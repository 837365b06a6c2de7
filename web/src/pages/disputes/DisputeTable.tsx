import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { Dispute } from '@/model';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { DisputeState } from './DisputeState';
import { DueOn } from './DueOn';

interface DisputeTableProps<Row extends Dispute> {
  disputes: Row[];
  linkTo: (dispute: Row) => LinkProps;
  /** What stands under the purchase. */
  under: (dispute: Row) => ReactNode;
}

/** Disputes: what was bought, where it stands, by when it is decided. */
export function DisputeTable<Row extends Dispute>({ disputes, linkTo, under }: DisputeTableProps<Row>) {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  return (
    <Table
      label={t('frame.disputes')}
      head={
        <>
          <th scope="col">{t('disputes.what')}</th>
          <th scope="col">{t('disputes.state')}</th>
          <th scope="col">{t('disputes.due')}</th>
          <th scope="col" className={table.number}>
            {t('history.amount')}
          </th>
        </>
      }
    >
      {disputes.map((dispute) => (
        <tr key={dispute.id}>
          <td className={table.wide}>
            <Link data-row {...linkTo(dispute)} className={table.main}>
              {t('disputes.title', { number: dispute.number })}
            </Link>
            <div className={table.under}>
              {format.dateTime(dispute.posted_at)} · {under(dispute)}
            </div>
          </td>
          <td>
            <DisputeState state={dispute.state} />
          </td>
          <td data-name={t('disputes.due')}>
            <DueOn dispute={dispute} />
          </td>
          <td className={table.number} data-name={t('history.amount')}>
            {format.roubles(dispute.amount)}
            <div className={table.under}>
              {dispute.product && `${nameOf(dispute.product)}, `}
              {format.quantity(dispute.quantity, unitOf(dispute.product))}
            </div>
          </td>
        </tr>
      ))}
    </Table>
  );
}
