import { Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconFileOff } from '@tabler/icons-react';
import type { MonthView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { DownloadButton } from './DownloadButton';
import { monthPages, type MonthFile, type Papers } from './source';

/** Closed months with their documents: an archive for each, or one by one. */
export function MonthsPanel({ papers, title }: { papers: Papers; title?: string }) {
  const t = useT();
  const list = useInfiniteQuery(monthPages(papers));
  const months = list.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={title}>
      {months && months.length > 0 && (
        <Table
          label={t('frame.documents')}
          head={
            <>
              <th scope="col">{t('papers.month')}</th>
              <th scope="col">{t('papers.upd')}</th>
              <th scope="col" className={table.number}>{t('papers.amount')}</th>
              <th scope="col" className={table.number}>{t('papers.closing')}</th>
              <th scope="col">{t('papers.files')}</th>
            </>
          }
        >
          <RunningMonth papers={papers} after={months[0]?.id ?? ''} />
          {months.map((month) => (
            <Month key={month.id} month={month} papers={papers} />
          ))}
        </Table>
      )}
      {months?.length === 0 && !list.hasNextPage && (
        <Empty icon={<IconFileOff />} title={t('papers.none')}>
          {t('papers.noneNote')}
        </Empty>
      )}
      {!months && (
        <div className={inset.inset}>
          {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('papers.loading')} />}
        </div>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}

/** The month that goes on, unless it is closed already by the company's clock: what its account report says so far. */
function RunningMonth({ papers, after }: { papers: Papers; after: string }) {
  const t = useT();
  const format = useFormat();
  const id = format.calendarDate(new Date(serverClock.now()).toISOString()).slice(0, 7);
  const name = format.month(id);
  if (id <= after) return null;
  return (
    <tr>
      <td className={`${table.main} ${table.whole}`}>
        {name}
        <div className={table.under}>{t('papers.running')}</div>
      </td>
      <td className="muted" colSpan={3} data-name={t('papers.upd')}>{t('papers.runningNote')}</td>
      <td>
        <DownloadButton small get={() => papers.report(id)} name={`${t('papers.reportFile')}-${id}.pdf`} label={t('papers.reportSoFar', { month: name })}>
          {t('papers.report')}
        </DownloadButton>
      </td>
    </tr>
  );
}

function Month({ month, papers }: { month: MonthView; papers: Papers }) {
  const t = useT();
  const format = useFormat();
  const { id, upd } = month;
  const name = format.month(id);
  const file = (query: MonthFile) => () => papers.monthFile(id, query);
  const report = () => papers.report(id);
  return (
    <tr>
      <td className={`${table.main} ${table.whole}`}>{name}</td>
      <td data-name={t('papers.upd')}>
        {upd ? t('papers.number', { number: upd.number }) : t('papers.noSupply')}
        {upd && <div className={table.under}>{t('papers.of', { date: format.date(upd.date) })}</div>}
      </td>
      <td className={table.number} data-name={t('papers.amount')}>
        {upd ? format.roubles(upd.amount) : '—'}
        {upd && <div className={table.under}>{t('papers.vatIn', { vat: format.roubles(upd.vat) })}</div>}
      </td>
      <td className={table.number} data-name={t('papers.closing')}>{format.roubles(month.closing_balance, true)}</td>
      <td>
        <Group gap={6}>
          <DownloadButton small primary get={file({ format: 'zip' })} name={`${t('papers.archiveFile')}-${id}.zip`} label={t('papers.allOf', { month: name })}>
            {t('papers.all')}
          </DownloadButton>
          {upd && (
            <DownloadButton small get={file({ format: 'pdf', document: 'upd' })} name={`${t('papers.updFile')}-${upd.number}.pdf`} label={t('papers.updOf', { month: name })}>
              {t('papers.upd')}
            </DownloadButton>
          )}
          <DownloadButton small get={file({ format: 'xlsx', document: 'register' })} name={`${t('papers.registerFile')}-${id}.xlsx`} label={t('papers.registerOf', { month: name })}>
            {t('papers.register')}
          </DownloadButton>
          <DownloadButton small get={report} name={`${t('papers.reportFile')}-${id}.pdf`} label={t('papers.reportOf', { month: name })}>
            {t('papers.report')}
          </DownloadButton>
        </Group>
      </td>
    </tr>
  );
}
