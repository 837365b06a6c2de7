import { Button } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useMay } from '@/session/may';
import classes from './CardTable.module.css';
import type { useBlocking } from './useBlocking';

/** One click blocks, one click takes it back. */
export function BlockInRow({ card, blocking }: { card: CardRow; blocking: ReturnType<typeof useBlocking> }) {
  const t = useT();
  const may = useMay();
  const name = card.label || groupedNumber(card.number);
  if (card.status === 'active') {
    return (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconLock size={15} />}
        loading={blocking.pending === card.number}
        onClick={() => blocking.block(card)}
        aria-label={t('cards.blockNamed', { name })}
      >
        <span className={classes.words}>{t('cards.block')}</span>
      </Button>
    );
  }
  if (card.status !== 'blocked' || !may('unblock')) return null;
  return (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<IconLockOpen size={15} />}
      loading={blocking.pending === card.number}
      onClick={() => blocking.unblock(card)}
      aria-label={t('cards.unblockNamed', { name })}
    >
      <span className={classes.words}>{t('cards.unblock')}</span>
    </Button>
  );
}
