import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconHistory, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { getV1HistoryInfiniteOptions, getV1HistoryOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { HistoryFilters } from '@/search';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { EntryTable } from '@/ui/trade/EntryTable';
import { EntryDrawer } from './EntryDrawer';
import { HistoryFiltersBar } from './HistoryFiltersBar';

const route = getRouteApi('/cabinet/client/history');

/** Every operation and decline; what is shown is what the URL says, so it can be sent to a colleague. */
export function HistoryPage() {
  const t = useT();
  const { entry: openEntry, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useLiveHistory(filters);
  const entries = list.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some(Boolean);

  return (
    <>
      <PageHead title={t('frame.history')} />
      <HistoryFiltersBar
        filters={filters}
        onChange={(changed) => void navigate({ search: (old) => ({ ...old, ...changed }), replace: true })}
        onClear={filtered ? () => void navigate({ search: {} }) : undefined}
      />
      <Panel flush>
        {entries && entries.length > 0 && (
          <EntryTable entries={entries} onOpen={(entry) => void navigate({ search: (old) => ({ ...old, entry }) })} />
        )}
        {entries?.length === 0 &&
          !list.hasNextPage &&
          (filtered ? (
            <Empty
              icon={<IconSearchOff />}
              title={t('history.noneFound')}
              action={
                <Button variant="light" onClick={() => void navigate({ search: {} })}>
                  {t('common.clearFilters')}
                </Button>
              }
            >
              {t('history.noneFoundNote')}
            </Empty>
          ) : (
            <Empty icon={<IconHistory />} title={t('overview.noOperations')}>
              {t('overview.noOperationsNote')}
            </Empty>
          ))}
        {!entries && (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('history.loading')} lines={8} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
      <EntryDrawer
        id={openEntry}
        onClose={() => void navigate({ search: ({ entry: _closed, ...rest }) => rest, replace: true })}
      />
    </>
  );
}

/** The pages a person has opened, and a small question about the newest entry, so that it is never late. */
function useLiveHistory(filters: HistoryFilters) {
  const list = useInfiniteQuery({ ...getV1HistoryInfiniteOptions({ query: filters }), ...livePages });
  const several = (list.data?.pages.length ?? 0) > 1;
  const head = useQuery({
    ...getV1HistoryOptions({ query: { ...filters, limit: 1 } }),
    enabled: several,
    refetchInterval: LIVE_MS,
  });
  const newest = head.data?.items[0]?.id;
  const shown = list.data?.pages[0]?.items[0]?.id;
  const { refetch } = list;
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!several || newest === undefined || newest === shown || asked.current === newest) return;
    asked.current = newest;
    void refetch();
  }, [several, newest, shown, refetch]);
  return list;
}
