import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReconciliationLine, ReconciliationView } from '@/api/types.gen';
import { isNegative } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import filters from '@/ui/filters.module.css';
import inset from '@/ui/inset.module.css';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { DownloadButton } from './DownloadButton';
import { actOf, type Days, type Papers } from './source';

const NOTHING = '0.00';

interface ActPanelProps {
  papers: Papers;
  days: Days;
  onDays: (days: Days) => void;
  title?: string;
}

/** The act of reconciliation for any two days, to be read, printed and signed. */
export function ActPanel({ papers, days, onDays, title }: ActPanelProps) {
  const t = useT();
  const { data: act, error, refetch } = useQuery(actOf(papers, days));
  const pick = (field: keyof Days) => (event: { currentTarget: { value: string } }) =>
    onDays({ ...days, [field]: event.currentTarget.value || undefined });
  return (
    <Panel flush={Boolean(act)} title={title} actions={<ActFiles papers={papers} days={days} />}>
      <div className={act && inset.inset}>
        <div className={filters.bar}>
          <TextInput type="date" label={t('reconciliation.from')} className={filters.date} value={days.from ?? act?.from ?? ''} onChange={pick('from')} />
          <TextInput type="date" label={t('reconciliation.to')} className={filters.date} value={days.to ?? act?.to ?? ''} onChange={pick('to')} />
        </div>
      </div>
      {act && <Act act={act} />}
      {!act && (error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('reconciliation.loading')} lines={6} />)}
    </Panel>
  );
}

function ActFiles({ papers, days }: { papers: Papers; days: Days }) {
  const t = useT();
  const name = t('reconciliation.file');
  return (
    <>
      <DownloadButton primary get={() => papers.actFile(days, 'pdf')} name={`${name}.pdf`} label={t('reconciliation.pdf')}>
        PDF
      </DownloadButton>
      <DownloadButton primary get={() => papers.actFile(days, 'xlsx')} name={`${name}.xlsx`} label={t('reconciliation.xlsx')}>
        XLSX
      </DownloadButton>
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
        <Side name={t('reconciliation.debit')} amount={openDebit} />
        <Side name={t('reconciliation.credit')} amount={openCredit} />
      </tr>
      {act.lines.map((line) => (
        <tr key={`${line.date} ${line.subject} ${line.number ?? ''} ${line.balance}`}>
          <td>{format.date(line.date)}</td>
          <td data-name={t('reconciliation.document')}>
            <Subject line={line} />
          </td>
          <Side name={t('reconciliation.debit')} amount={amount(line.debit)} />
          <Side name={t('reconciliation.credit')} amount={amount(line.credit)} />
        </tr>
      ))}
      <tr>
        <td />
        <td className={table.main}>{t('reconciliation.turnover')}</td>
        <Side name={t('reconciliation.debit')} amount={format.roubles(act.debit)} />
        <Side name={t('reconciliation.credit')} amount={format.roubles(act.credit)} />
      </tr>
      <tr>
        <td>{format.date(act.to)}</td>
        <td className={table.main}>{t('reconciliation.closing')}</td>
        <Side name={t('reconciliation.debit')} amount={closeDebit} />
        <Side name={t('reconciliation.credit')} amount={closeCredit} />
      </tr>
    </Table>
  );
}

/** An amount on its side; on a phone nothing is said of a side without one. */
function Side({ name, amount = '' }: { name: string; amount?: string }) {
  return (
    <td className={table.number} data-name={amount ? name : undefined}>
      {amount}
    </td>
  );
}

function Subject({ line }: { line: ReconciliationLine }) {
  const t = useT();
  const format = useFormat();
  const date = format.date(line.document_date ?? line.date);
  switch (line.subject) {
    case 'supply':
      return t('reconciliation.supply', { number: line.number ?? '—', month: line.month ? format.month(line.month) : '—' });
    case 'days':
      return t('reconciliation.days', { from: date, to: format.date(line.date) });
    case 'payment':
      return t('reconciliation.payment', { number: line.number ?? '—', date });
    case 'adjustment':
      return t('reconciliation.adjustment', { number: line.number ?? '—', date });
  }
}
