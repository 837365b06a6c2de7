import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { getV1JournalInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import type { ActRow } from '@/model';
import { useMay } from '@/session/may';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { ActFilters } from '@/ui/trade/ActFilters';
import { ActList } from '@/ui/trade/ActList';
import { changedRules, rulesOf, subjectOf } from '@/ui/trade/acts';
import { RestoreRules } from '@/ui/trade/RestoreRules';
import { useCardNames } from '@/ui/trade/useCardNames';

const route = getRouteApi('/cabinet/client/journal');

/** Every act of a person on the company's money, cards, rules and people. */
export function JournalPage() {
  const t = useT();
  const may = useMay();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const names = useCardNames(true);
  const nameOfCard = useCallback((number: string) => names.get(number), [names]);
  const list = useInfiniteQuery({
    ...getV1JournalInfiniteOptions({ query: filters }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const acts = list.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some(Boolean);

  const restore = (act: ActRow) => {
    if (!changedRules(act) || !rulesOf(act.before) || !may('editRules')) return null;
    const number = subjectOf(act.subject).name;
    return <RestoreRules number={number} label={names.get(number)} act={act} />;
  };

  return (
    <>
      <PageHead title={t('frame.journal')} note={t('journal.note')} />
      <ActFilters
        filters={filters}
        onChange={(changed) => void navigate({ search: (old) => ({ ...old, ...changed }), replace: true })}
        onClear={filtered ? () => void navigate({ search: {} }) : undefined}
      />
      <Panel flush>
        {acts && acts.length > 0 && <ActList acts={acts} nameOfCard={nameOfCard} action={restore} />}
        {acts?.length === 0 &&
          !list.hasNextPage &&
          (filtered ? (
            <Empty
              icon={<IconSearchOff />}
              title={t('journal.noneFound')}
              action={
                <Button variant="light" onClick={() => void navigate({ search: {} })}>
                  {t('common.clearFilters')}
                </Button>
              }
            >
              {t('journal.noneFoundNote')}
            </Empty>
          ) : (
            <Empty icon={<IconListDetails />} title={t('journal.none')}>
              {t('journal.noneNote')}
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
