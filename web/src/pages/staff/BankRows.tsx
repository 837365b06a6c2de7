import { IconCircleCheck, IconClock, IconCopy, IconQuestionMark, IconUserQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useFormat } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import { Badge } from '@/ui/Badge';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { LISTS, type BankList, type Statement } from './bankStatement';

const TONES = { accepted: 'good', proposed: 'attention', unmatched: 'attention', duplicates: 'quiet', failed: 'refused' } as const;
const ICONS = {
  accepted: IconCircleCheck, proposed: IconUserQuestion, unmatched: IconQuestionMark, duplicates: IconCopy, failed: IconClock,
} as const;

interface Row {
  line: number;
  list: BankList | 'failed';
  document: string;
  date: string | null;
  amount: string;
  payer: string;
  inn: string | null;
  purpose: string;
  company: { id: string; name: string } | null;
  known: string | null;
}

/** Every document that brought money, in the file's order, with what becomes of it. */
export function BankRows({ outcome, isDone }: { outcome: Statement; isDone: boolean }) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const state = ({ list, known }: Row) => {
    if (known) return maybe(`bank.known.${known}`) ?? known;
    if (list === 'failed') return t('bank.failed');
    return t(isDone ? (`bank.${list}Done` as const) : `bank.${list}`);
  };
  return (
    <Table
      label={t('bank.rows')}
      head={
        <>
          <th scope="col">{t('unmatched.payer')}</th>
          <th scope="col">{t('unmatched.document')}</th>
          <th scope="col" className={table.spare}>{t('unmatched.purpose')}</th>
          <th scope="col">{t('bank.whose')}</th>
          <th scope="col" className={table.number}>{t('unmatched.amount')}</th>
        </>
      }
    >
      {rowsOf(outcome).map((row) => {
        const Icon = ICONS[row.list];
        return (
          <tr key={`${row.line}-${row.list}`}>
            <td>
              {row.payer}
              {row.inn && <div className={table.under}>{t('staff.innValue', { inn: row.inn })}</div>}
            </td>
            <td data-name={t('unmatched.document')}>
              {row.date ? t('unmatched.documentOf', { number: row.document, date: format.date(row.date) }) : row.document}
            </td>
            <td className={table.spare}>{row.purpose}</td>
            <td data-name={t('bank.whose')}>
              <Badge tone={TONES[row.list]} icon={<Icon />}>{state(row)}</Badge>
              <div>
                {row.company ? (
                  <Link data-row to="/staff/companies/$id" params={{ id: row.company.id }} className={table.main}>
                    {row.company.name}
                  </Link>
                ) : (
                  <span className="muted">{t('bank.nobody')}</span>
                )}
              </div>
            </td>
            <td className={table.number} data-name={t('unmatched.amount')}>{format.roubles(row.amount)}</td>
          </tr>
        );
      })}
    </Table>
  );
}

function rowsOf(outcome: Statement): Row[] {
  const listed = LISTS.flatMap((list) =>
    outcome[list].map((one) => ({
      line: one.line,
      list,
      document: one.document,
      date: one.date,
      amount: one.amount,
      payer: one.payer_name,
      inn: one.payer_inn,
      purpose: one.purpose,
      company: one.company_id && one.company_name ? { id: one.company_id, name: one.company_name } : null,
      known: one.known,
    })),
  );
  const failed = outcome.failed.map((one) => ({
    line: one.line,
    list: 'failed' as const,
    document: one.document,
    date: null,
    amount: one.amount,
    payer: one.payer_name,
    inn: null,
    purpose: '',
    company: null,
    known: null,
  }));
  return [...listed, ...failed].toSorted((one, other) => one.line - other.line);
}
