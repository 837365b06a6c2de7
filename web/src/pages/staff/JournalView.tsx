import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { ActRow } from '@/model';
import type { JournalFilters } from '@/search';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { ActFilters } from '@/ui/trade/ActFilters';
import { ActList } from '@/ui/trade/ActList';

interface JournalViewProps {
  list: UseInfiniteQueryResult<{ pages: { items: ActRow[] }[] }, unknown>;
  filters: JournalFilters;
  onFilter: (filters: JournalFilters) => void;
  nameOfCard?: (number: string) => string | undefined;
}

const unnamed = () => undefined;

/** A journal with its filters, whoever's it is. */
export function JournalView({ list, filters, onFilter, nameOfCard = unnamed }: JournalViewProps) {
  const t = useT();
  const acts = list.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some(Boolean);
  return (
    <>
      <ActFilters
        filters={filters}
        onChange={(changed) => onFilter({ ...filters, ...changed })}
        onClear={filtered ? () => onFilter({}) : undefined}
      />
      <Panel flush>
        {acts && acts.length > 0 && <ActList acts={acts} nameOfCard={nameOfCard} />}
        {acts?.length === 0 &&
          !list.hasNextPage &&
          (filtered ? (
            <Empty
              icon={<IconSearchOff />}
              title={t('journal.noneFound')}
              action={
                <Button variant="light" onClick={() => onFilter({})}>
                  {t('common.clearFilters')}
                </Button>
              }
            >
              {t('journal.noneFoundNote')}
            </Empty>
          ) : (
            <Empty icon={<IconListDetails />} title={t('journal.none')}>
              {t('staffJournal.noneNote')}
            </Empty>
          ))}
        {!acts && (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('journal.loading')} lines={8} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}
