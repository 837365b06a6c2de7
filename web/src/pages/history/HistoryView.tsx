import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useEffect, useRef, type ComponentType } from 'react';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import type { HistoryFilters } from '@/search';
import { useSource } from '@/source/source';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { EntryTable } from '@/ui/trade/EntryTable';
import { EntryDrawer } from './EntryDrawer';
import { ExportButtons } from './ExportButtons';
import { HistoryFiltersBar } from './HistoryFiltersBar';

interface HistoryViewProps {
  /** What the URL says. */
  search: HistoryFilters;
  onSearch: (search: HistoryFilters, replace: boolean) => void;
  /** What this reader may do about an operation. */
  Action?: ComponentType<{ entry: EntryDetails }>;
}

/** Every operation and decline; what is shown is what the URL says, so it can be sent to a colleague. */
export function HistoryView({ search, onSearch, Action }: HistoryViewProps) {
  const t = useT();
  const { entry: openEntry, ...filters } = search;
  const list = useLiveHistory(filters);
  const entries = list.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some(Boolean);

  return (
    <>
      <HistoryFiltersBar
        filters={filters}
        onChange={(changed) => onSearch({ ...search, ...changed }, true)}
        onClear={filtered ? () => onSearch({}, false) : undefined}
      />
      {entries && entries.length > 0 && <ExportButtons filters={filters} />}
      <Panel flush>
        {entries && entries.length > 0 && (
          <EntryTable entries={entries} onOpen={(entry) => onSearch({ ...search, entry }, false)} />
        )}
        {entries?.length === 0 &&
          !list.hasNextPage &&
          (filtered ? (
            <Empty
              icon={<IconSearchOff />}
              title={t('history.noneFound')}
              action={
                <Button variant="light" onClick={() => onSearch({}, false)}>
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
        Action={Action}
        id={openEntry}
        onClose={() => onSearch(filters, true)}
      />
    </>
  );
}

/** The pages a person has opened, and a small question about the newest entry, so that it is never late. */
function useLiveHistory(filters: HistoryFilters) {
  const source = useSource();
  const list = useInfiniteQuery(source.historyPages(filters));
  const several = (list.data?.pages.length ?? 0) > 1;
  const head = useQuery({
    ...source.history({ ...filters, limit: 1 }),
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
