import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CardRow } from '@/model';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { toastDone, toastFailed } from '@/ui/toast';
import { changeCards, failures, type BulkAction, type Outcome } from './bulk';

const BACK: Record<BulkAction, BulkAction> = { block: 'unblock', unblock: 'block', label: 'label', group: 'group' };

/** Takes a change back: the cards that it changed become what they were. `onPartly` is told when some could not. */
export function useUndo(onPartly: (back: Outcome, before: Map<string, CardRow>) => void) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ outcome, before }: { outcome: Outcome; before: Map<string, CardRow> }) => {
      const names = outcome.action === 'group' || outcome.action === 'label';
      const items = outcome.results
        .filter(({ changed }) => changed)
        .map(({ number }) => {
          const was = before.get(number);
          return names ? { number, label: was?.label ?? '', group: was?.group ?? '' } : { number };
        });
      const back = await changeCards({ action: BACK[outcome.action] }, items);
      if (back.stopped) throw back.stopped;
      return back;
    },
    onSuccess: (back, { before }) => {
      if (failures(back).size > 0) onPartly(back, before);
      else toastDone(t('fleet.undone', { count: back.results.length }));
    },
    onError: (error) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
