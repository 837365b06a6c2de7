import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import type { Selection } from '@/ui/useSelection';
import { CardTable } from './CardTable';
import type { useCardPages } from './useCardPages';

interface CardListProps {
  cards: ReturnType<typeof useCardPages>;
  filtered: boolean;
  onClear: () => void;
  /** What stands where there is no card at all. */
  none: ReactNode;
  action?: (card: CardRow) => ReactNode;
  selection?: Selection;
}

/** Cards page by page, and what stands in their place: none yet, none found, not come. */
export function CardList({ cards: { list, rows }, filtered, onClear, none, action, selection }: CardListProps) {
  const t = useT();
  return (
    <Panel flush>
      {rows && rows.length > 0 && <CardTable cards={rows} action={action} selection={selection} />}
      {rows?.length === 0 && !list.hasNextPage && filtered && (
        <Empty
          icon={<IconSearchOff />}
          title={t('cards.noneFound')}
          action={
            <Button variant="light" onClick={onClear}>
              {t('common.clearFilters')}
            </Button>
          }
        >
          {t('cards.noneFoundNote')}
        </Empty>
      )}
      {rows?.length === 0 && !filtered && none}
      {!rows && (
        <div className={inset.inset}>
          {list.isError ? (
            <Failed error={list.error} again={() => void list.refetch()} />
          ) : (
            <Loading words={t('cards.loading')} lines={8} />
          )}
        </div>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}
