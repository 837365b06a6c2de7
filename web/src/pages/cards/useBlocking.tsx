import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postV1CardsByNumberBlockMutation, postV1CardsByNumberUnblockMutation } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { toastDone, toastFailed, toastUndo } from '@/ui/toast';

interface Named {
  number: string;
  label?: string | null;
}

const nameOf = (card: Named) => card.label || groupedNumber(card.number);

/** Blocks and unblocks, telling the result only when the server has confirmed it, and offering the way back. */
export function useBlocking() {
  const t = useT();
  const may = useMay();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const settled = {
    onError: (error: unknown) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  };
  const blocking = useMutation({ ...postV1CardsByNumberBlockMutation(), ...settled });
  const unblocking = useMutation({ ...postV1CardsByNumberUnblockMutation(), ...settled });

  const unblock = (card: Named) =>
    unblocking.mutate(
      { path: { number: card.number } },
      { onSuccess: () => toastDone(t('cards.unblocked', { name: nameOf(card) })) },
    );

  const block = (card: Named, reason?: string) =>
    blocking.mutate(
      { path: { number: card.number }, body: reason ? { reason } : {} },
      {
        onSuccess: () => {
          const words = t('cards.blocked', { name: nameOf(card) });
          if (may('unblock')) toastUndo(words, t('common.undo'), () => unblock(card));
          else toastDone(words);
        },
      },
    );

  const pending = blocking.isPending
    ? blocking.variables.path.number
    : unblocking.isPending
      ? unblocking.variables.path.number
      : null;
  return { block, unblock, pending };
}
