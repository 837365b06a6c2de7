import { Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patchV1BudgetLinesMutation } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { units } from '@/format/sums';
import { isStale } from '@/http/refused';
import { useT } from '@/i18n/message';
import type { Budget, BudgetLine } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { planned, readDraft, type ShareDraft } from './share';
import { SumsAfter } from './SumsAfter';
import { useBase } from './useBase';
import { useShareErrors } from './useShareErrors';

interface ShareDialogProps {
  budget: Budget;
  edition: string;
  line: BudgetLine;
  onClose: () => void;
}

/** One card's share by hand, and what that leaves in reserve. */
export function ShareDialog({ budget, edition, line, onClose }: ShareDialogProps) {
  const t = useT();
  const format = useFormat();
  const queryClient = useQueryClient();
  const { base, onError } = useBase(edition);
  const [draft, setDraft] = useState<ShareDraft>({});
  const [tried, setTried] = useState(false);
  const measures = planned(budget);
  const { lines, wrong, more } = readDraft(draft, [line]);
  const over = measures.some((measure) => more[measure] > units(measure, budget.reserve[measure]));
  const save = useMutation({
    ...patchV1BudgetLinesMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['budget'] });
      toastDone(t('budget.sharesSaved', { count: 1 }));
      onClose();
    },
    onError,
    onSettled: () => queryClient.invalidateQueries(),
  });
  const { errorOf, unnamed } = useShareErrors({ save, wrong, tried });
  const submit = () => {
    setTried(true);
    if (Object.keys(wrong).length > 0 || over) return;
    if (lines.length === 0) onClose();
    else save.mutate({ headers: { 'If-Match': base }, body: { lines } });
  };
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={line.label || groupedNumber(line.number)}
      submit={t('common.save')}
      onSubmit={submit}
      act={save}
      marked={unnamed === null}
      disabled={over}
    >
      {isStale(save.error) && (
        <Note tone="attention" urgent>
          {t('budget.stale')}
        </Note>
      )}
      <p className="muted">{t('budget.three')}</p>
      <Stack gap="sm">
        {measures.map((measure, place) => {
          const had = line[measure];
          return (
            <TextInput
              key={measure}
              label={t(measure === 'roubles' ? 'budget.inRoubles' : 'budget.inLitres')}
              description={t('budget.emptyField')}
              inputMode="decimal"
              value={draft[line.number]?.[measure] ?? (had === null ? '' : format.editable(had))}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setDraft((now) => ({ [line.number]: { ...now[line.number], [measure]: value } }));
              }}
              error={errorOf(line, measure)}
              data-autofocus={place === 0 || undefined}
            />
          );
        })}
      </Stack>
      <SumsAfter budget={budget} more={more} />
    </ActDialog>
  );
}
