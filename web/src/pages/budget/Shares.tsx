import { Button, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsSplit2, IconCreditCard, IconPencil, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useT } from '@/i18n/message';
import type { Budget, BudgetLine } from '@/model';
import { useMay } from '@/session/may';
import { usePlanSource } from '@/source/plan';
import filters from '@/ui/filters.module.css';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Failed, Loading } from '@/ui/states';
import { useSelection } from '@/ui/useSelection';
import classes from './budget.module.css';
import { DistributeDialog } from './DistributeDialog';
import { ShareForm } from './ShareForm';
import { ShareTable } from './ShareTable';

interface SharesProps {
  budget: Budget;
  edition: string;
  /** A distribution became a job of the server's. */
  onJob: (id: string) => void;
}

const has = (line: BudgetLine, q: string) =>
  [line.label, line.number, line.group].some((text) => text.toLowerCase().includes(q.toLowerCase()));

/** Every card that can have a share: with its use, to be changed by hand or divided anew. */
export function Shares({ budget, edition, onJob }: SharesProps) {
  const t = useT();
  const may = useMay();
  const list = useInfiniteQuery(usePlanSource().lines());
  const [q, setQ] = useState<string>();
  const [without, setWithout] = useState(true);
  const [editing, edit] = useDisclosure(false);
  const [dividing, divide] = useDisclosure(false);
  const all = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const shown = useMemo(
    () => all.filter((line) => (!q || has(line, q)) && (without || line.roubles !== null || line.litres !== null)),
    [all, q, without],
  );
  const selection = useSelection(useMemo(() => shown.map(({ number }) => number), [shown]));

  // What is looked for may stand on a page that has not been read.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const seeking = Boolean(q) && hasNextPage;
  useEffect(() => {
    if (seeking && !isFetchingNextPage) void fetchNextPage();
  }, [seeking, isFetchingNextPage, fetchNextPage]);

  if (editing) return <ShareForm budget={budget} edition={edition} lines={shown} onDone={edit.close} />;

  const changes = may('editRules') && !budget.running;
  return (
    <Panel
      flush
      title={t('budget.shares')}
      actions={
        changes &&
        all.length > 0 && (
          <>
            <Button variant="default" size="sm" leftSection={<IconPencil size={17} />} onClick={edit.open}>
              {t('budget.byHand')}
            </Button>
            <Button size="sm" leftSection={<IconArrowsSplit2 size={17} />} onClick={divide.open}>
              {selection.picked.size > 0 ? t('budget.divideAmong', { count: selection.picked.size }) : t('budget.divide')}
            </Button>
          </>
        )
      }
    >
      {all.length > 0 && (
        <div className={`${filters.bar} ${classes.filters}`} role="search">
          <SearchField className={filters.search} label={t('cards.search')} value={q} onChange={setQ} />
          <Switch
            label={t('budget.withoutToo')}
            checked={without}
            onChange={(event) => setWithout(event.currentTarget.checked)}
          />
        </div>
      )}
      {shown.length > 0 && <ShareTable budget={budget} lines={shown} selection={changes ? selection : undefined} />}
      {seeking && (
        <p role="status" className={inset.inset}>
          {t('budget.seeking', { count: all.length })}
        </p>
      )}
      {list.data && shown.length === 0 && !hasNextPage && (
        <Empty icon={all.length > 0 ? <IconSearchOff /> : <IconCreditCard />} title={t(all.length > 0 ? 'cards.noneFound' : 'budget.noCards')}>
          {t(all.length > 0 ? 'cards.noneFoundNote' : 'budget.noCardsNote')}
        </Empty>
      )}
      {!list.data && (
        <div className={inset.inset}>
          {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('cards.loading')} lines={6} />}
        </div>
      )}
      {!seeking && <MoreButton list={list} />}
      {dividing && (
        <DistributeDialog
          budget={budget}
          picked={all.filter(({ number }) => selection.picked.has(number))}
          onClose={divide.close}
          onDone={() => {
            divide.close();
            selection.clear();
          }}
          onJob={(id) => {
            divide.close();
            onJob(id);
          }}
        />
      )}
    </Panel>
  );
}
