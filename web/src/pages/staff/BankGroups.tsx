import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { LISTS, sumOf, type Statement } from './bankStatement';

/** How many documents of each group there are, and their sums. */
export function BankGroups({ outcome, isDone }: { outcome: Statement; isDone: boolean }) {
  const t = useT();
  const format = useFormat();
  const lists = LISTS.map((list) => ({
    key: list,
    name: t(isDone ? (`bank.${list}Done` as const) : `bank.${list}`),
    note: t(`bank.${list}Note`),
    count: outcome[list].length,
    sum: sumOf(outcome[list]),
  }));
  const outgoing = { key: 'outgoing', name: t('bank.outgoing'), note: t('bank.outgoingNote'), count: outcome.outgoing.count, sum: outcome.outgoing.amount };
  const failed = { key: 'failed', name: t('bank.failed'), note: '', count: outcome.failed.length, sum: sumOf(outcome.failed) };
  return (
    <Table
      label={t(isDone ? 'bank.groupsDone' : 'bank.groups')}
      head={
        <>
          <th scope="col">{t('bank.group')}</th>
          <th scope="col" className={table.number}>{t('bank.documents')}</th>
          <th scope="col" className={table.number}>{t('bank.sum')}</th>
        </>
      }
    >
      {[...lists, outgoing, failed]
        .filter(({ key, count }) => count > 0 || key === 'accepted')
        .map(({ key, name, note, count, sum }) => (
          <tr key={key}>
            <td>
              {name}
              {note && <div className={table.under}>{note}</div>}
            </td>
            <td className={table.number} data-name={t('bank.documents')}>{count}</td>
            <td className={table.number} data-name={t('bank.sum')}>{format.roubles(sum)}</td>
          </tr>
        ))}
    </Table>
  );
}
