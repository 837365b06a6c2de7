import { Button } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postV1StaffCardsByNumberBlockMutation, postV1StaffCardsByNumberUnblockMutation } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import classes from '@/pages/cards/CardTable.module.css';
import { toastDone, toastFailed, toastUndo } from '@/ui/toast';

/** Staff's own block, which only staff can take off; a client's block is left to the client. */
export function StaffBlockButton({ card, size = 'compact-sm' }: { card: CardRow; size?: 'sm' | 'compact-sm' }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const name = card.label || groupedNumber(card.number);
  const settled = {
    onError: (error: unknown) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  };
  const path = { number: card.number };
  const unblock = useMutation({
    ...postV1StaffCardsByNumberUnblockMutation(),
    ...settled,
    onSuccess: () => toastDone(t('cards.unblocked', { name })),
  });
  const block = useMutation({
    ...postV1StaffCardsByNumberBlockMutation(),
    ...settled,
    onSuccess: () => toastUndo(t('cards.blocked', { name }), t('common.undo'), () => unblock.mutate({ path })),
  });

  if (card.status === 'blocked_by_staff') {
    return (
      <Button
        size={size}
        variant="light"
        leftSection={<IconLockOpen size={15} />}
        loading={unblock.isPending}
        onClick={() => unblock.mutate({ path })}
        aria-label={t('cards.unblockNamed', { name })}
      >
        <span className={classes.words}>{t('cards.unblock')}</span>
      </Button>
    );
  }
  if (card.status !== 'active' && card.status !== 'blocked') return null;
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconLock size={15} />}
      loading={block.isPending}
      onClick={() => block.mutate({ path, body: {} })}
      aria-label={t('cards.blockNamed', { name })}
    >
      <span className={classes.words}>{t('cards.block')}</span>
    </Button>
  );
}
