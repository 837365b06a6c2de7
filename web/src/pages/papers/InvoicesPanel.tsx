import { useInfiniteQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconClock, IconReceiptOff } from '@tabler/icons-react';
import type { InvoiceView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import { Badge } from '@/ui/Badge';
import { CopyText } from '@/ui/CopyText';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import page from '@/ui/page.module.css';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { DownloadButton } from './DownloadButton';
import { invoicePages, ownPapers, type Papers } from './source';

/** A company's invoices: each with whether it is paid, and the file to pay by. */
export function InvoicesPanel({ papers, title }: { papers: Papers; title?: string }) {
  const t = useT();
  const list = useInfiniteQuery(invoicePages(papers, LIVE_MS));
  const invoices = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Panel flush title={title}>
      {invoices && invoices.length > 0 && (
        <Table
          label={t('frame.invoices')}
          head={
            <>
              <th scope="col">{t('invoices.number')}</th>
              <th scope="col" className={table.number}>{t('invoices.sum')}</th>
              <th scope="col">{t('invoices.state')}</th>
              <th scope="col">{t('papers.files')}</th>
            </>
          }
        >
          {invoices.map((invoice) => (
            <Invoice key={invoice.id} invoice={invoice} papers={papers} />
          ))}
        </Table>
      )}
      {invoices?.length === 0 && !list.hasNextPage && (
        <Empty icon={<IconReceiptOff />} title={t('invoices.none')}>
          {papers === ownPapers && t('invoices.noneNote')}
        </Empty>
      )}
      {!invoices && (
        <div className={inset.inset}>
          {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('invoices.loading')} />}
        </div>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}

function Invoice({ invoice, papers }: { invoice: InvoiceView; papers: Papers }) {
  const t = useT();
  const format = useFormat();
  const { id, number } = invoice;
  return (
    <tr>
      <td>
        <span className={table.main}>{t('papers.numberOf', { number, date: format.date(invoice.date) })}</span>
        <div className={`${table.under} ${page.number}`}>
          {invoice.purpose} <CopyText value={invoice.purpose} label={t('invoices.copyPurpose', { number })} />
        </div>
      </td>
      <td className={table.number} data-name={t('invoices.sum')}>{format.roubles(invoice.amount)}</td>
      <td data-name={t('invoices.state')}>
        <State invoice={invoice} />
      </td>
      <td>
        <DownloadButton primary get={() => papers.invoiceFile(id)} name={`${t('invoices.file')}-${number}.pdf`} label={t('invoices.downloadNamed', { number })}>
          {t('invoices.download')}
        </DownloadButton>
      </td>
    </tr>
  );
}

function State({ invoice }: { invoice: InvoiceView }) {
  const t = useT();
  const format = useFormat();
  if (invoice.state === 'paid') {
    return (
      <Badge tone="good" icon={<IconCircleCheck aria-hidden />}>
        {t('invoices.paid')}
      </Badge>
    );
  }
  return (
    <Badge tone="attention" icon={<IconClock aria-hidden />}>
      {invoice.state === 'partly_paid' ? t('invoices.partlyPaid', { amount: format.roubles(invoice.paid) }) : t('invoices.unpaid')}
    </Badge>
  );
}
