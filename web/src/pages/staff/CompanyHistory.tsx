import { useInfiniteQuery } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import { getV1StaffCompaniesByIdHistoryInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { EntryTable } from '@/ui/trade/EntryTable';

const PAGE = 20;

export function CompanyHistory({ id }: { id: string }) {
  const t = useT();
  const list = useInfiniteQuery({
    ...getV1StaffCompaniesByIdHistoryInfiniteOptions({ path: { id }, query: { limit: PAGE } }),
    ...livePages,
    initialPageParam: { path: { id } },
  });
  const entries = list.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t('frame.history')}>
      {entries && entries.length > 0 && <EntryTable entries={entries} cardLinks={false} />}
      {entries?.length === 0 && (
        <Empty icon={<IconHistory />} title={t('overview.noOperations')}>
          {t('staff.noOperationsNote')}
        </Empty>
      )}
      {!entries && (
        <div className={inset.inset}>
          {list.isError ? (
            <Failed error={list.error} again={() => void list.refetch()} />
          ) : (
            <Loading words={t('history.loading')} />
          )}
        </div>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}
