import { useInfiniteQuery } from '@tanstack/react-query';
import { IconEye, IconNews, IconPencil, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { getV1StaffNewsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';
import { Badge } from '@/ui/Badge';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';

/** News, published and drafts, newest first. */
export function NewsPage() {
  const t = useT();
  const format = useFormat();
  const list = useInfiniteQuery({ ...getV1StaffNewsInfiniteOptions(), ...livePages, refetchInterval: false });
  const news = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead
        title={t('news.title')}
        note={t('news.note')}
        actions={
          <LinkButton to="/staff/news/new" leftSection={<IconPlus size={18} />}>
            {t('news.new')}
          </LinkButton>
        }
      />
      <Panel flush>
        {news && news.length > 0 && (
          <Table
            label={t('news.title')}
            head={
              <>
                <th scope="col">{t('content.headline')}</th>
                <th scope="col">{t('cards.status')}</th>
                <th scope="col">{t('content.language')}</th>
              </>
            }
          >
            {news.map((piece) => (
              <tr key={piece.id}>
                <td className={table.wide}>
                  <Link data-row to="/staff/news/$id" params={{ id: piece.id }} className={table.main}>
                    {piece.title}
                  </Link>
                  <div className={table.under}>{t('news.written', { at: format.dateTime(piece.created_at) })}</div>
                </td>
                <td>
                  {piece.published_at === null ? (
                    <Badge tone="quiet" icon={<IconPencil aria-hidden />}>
                      {t('content.draft')}
                    </Badge>
                  ) : (
                    <Badge tone={isAhead(piece.published_at) ? 'attention' : 'good'} icon={<IconEye aria-hidden />}>
                      {t(isAhead(piece.published_at) ? 'news.waits' : 'news.since', { at: format.dateTime(piece.published_at) })}
                    </Badge>
                  )}
                </td>
                <td data-name={t('content.language')}>{t(`language.${piece.language}`)}</td>
              </tr>
            ))}
          </Table>
        )}
        {news?.length === 0 && (
          <Empty icon={<IconNews />} title={t('news.none')}>
            {t('news.noneNote')}
          </Empty>
        )}
        {!news && (
          <div className={inset.inset}>
            {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('news.loading')} />}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}

const isAhead = (at: string) => Date.parse(at) > serverClock.now();
