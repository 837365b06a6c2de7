import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { getV1ReconciliationOptions } from '@/api/@tanstack/react-query.gen';
import { getV1Reconciliation } from '@/api/sdk.gen';
import type { ReconciliationLine, ReconciliationView } from '@/api/types.gen';
import { isNegative } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import filters from '@/ui/filters.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { DownloadButton } from './DownloadButton';
import { monthName } from './month';

const route = getRouteApi('/cabinet/client/reconciliation');
const NOTHING = '0.00';

/** The act of reconciliation for any two days, to be read, printed and signed. */
export function ReconciliationPage() {
  const t = useT();
  const navigate = route.useNavigate();
  const { from, to } = route.useSearch();
  const query = { ...(from && { from }), ...(to && { to }) };
  const { data, error, refetch } = useQuery(getV1ReconciliationOptions({ query }));
  const act = data && !(data instanceof Blob) ? data : undefined;
  const file = (format: 'pdf' | 'xlsx') => () =>
    getV1Reconciliation({ query: { ...query, format }, parseAs: 'blob', throwOnError: true });
  const pick = (field: 'from' | 'to') => (event: { currentTarget: { value: string } }) =>
    void navigate({ search: { from, to, [field]: event.currentTarget.value || undefined }, replace: true });
  return (
    <>
      <PageHead
        title={t('frame.reconciliation')}
        note={t('reconciliation.note')}
        actions={
          <>
            <DownloadButton primary get={file('pdf')} name={`${t('reconciliation.file')}.pdf`} label={t('reconciliation.pdf')}>
              PDF
            </DownloadButton>
            <DownloadButton primary get={file('xlsx')} name={`${t('reconciliation.file')}.xlsx`} label={t('reconciliation.xlsx')}>
              XLSX
            </DownloadButton>
          </>
        }
      />
      <div className={filters.bar}>
        <TextInput type="date" label={t('reconciliation.from')} value={from ?? act?.from ?? ''} onChange={pick('from')} />
        <TextInput type="date" label={t('reconciliation.to')} value={to ?? act?.to ?? ''} onChange={pick('to')} />
      </div>
      <Panel flush={Boolean(act)}>
        {act && <Act act={act} />}
        {!act && (error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('reconciliation.loading')} lines={6} />)}
      </Panel>
    </>
  );
}

function Act({ act }: { act: ReconciliationView }) {
  const t = useT();
  const format = useFormat();
  const amount = (value: string) => (value === NOTHING ? '' : format.roubles(value));
  const side = (balance: string) => (isNegative(balance) ? [format.roubles(balance.slice(1)), ''] : ['', format.roubles(balance)]);
  const [openDebit, openCredit] = side(act.opening_balance);
  const [closeDebit, closeCredit] = side(act.closing_balance);
  return (
    <Table
      label={t('frame.reconciliation')}
      head={
        <>
          <th scope="col">{t('reconciliation.date')}</th>
          <th scope="col">{t('reconciliation.document')}</th>
          <th scope="col" className={table.number}>{t('reconciliation.debit')}</th>
          <th scope="col" className={table.number}>{t('reconciliation.credit')}</th>
        </>
      }
    >
      <tr>
        <td>{format.date(act.from)}</td>
        <td className={table.main}>{t('reconciliation.opening')}</td>
        <td className={table.number} data-name={t('reconciliation.debit')}>{openDebit}</td>
        <td className={table.number} data-name={t('reconciliation.credit')}>{openCredit}</td>
      </tr>
      {act.lines.map((line) => (
        <tr key={`${line.date} ${line.subject} ${line.number ?? ''} ${line.balance}`}>
          <td>{format.date(line.date)}</td>
          <td data-name={t('reconciliation.document')}>
            <Subject line={line} />
          </td>
          <td className={table.number} data-name={t('reconciliation.debit')}>{amount(line.debit)}</td>
          <td className={table.number} data-name={t('reconciliation.credit')}>{amount(line.credit)}</td>
        </tr>
      ))}
      <tr>
        <td />
        <td className={table.main}>{t('reconciliation.turnover')}</td>
        <td className={table.number} data-name={t('reconciliation.debit')}>{format.roubles(act.debit)}</td>
        <td className={table.number} data-name={t('reconciliation.credit')}>{format.roubles(act.credit)}</td>
      </tr>
      <tr>
        <td>{format.date(act.to)}</td>
        <td className={table.main}>{t('reconciliation.closing')}</td>
        <td className={table.number} data-name={t('reconciliation.debit')}>{closeDebit}</td>
        <td className={table.number} data-name={t('reconciliation.credit')}>{closeCredit}</td>
      </tr>
    </Table>
  );
}

function Subject({ line }: { line: ReconciliationLine }) {
  const t = useT();
  const format = useFormat();
  const date = format.date(line.document_date ?? line.date);
  switch (line.subject) {
    case 'supply':
      return t('reconciliation.supply', { number: line.number ?? '—', month: monthName(line.month ?? '', format.locale) });
    case 'days':
      return t('reconciliation.days', { from: date, to: format.date(line.date) });
    case 'payment':
      return t('reconciliation.payment', { number: line.number ?? '—', date });
    case 'adjustment':
      return t('reconciliation.adjustment', { number: line.number ?? '—', date });
  }
}
