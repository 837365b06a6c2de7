import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { patchV1BudgetLinesMutation } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { units } from '@/format/sums';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Budget, BudgetLine } from '@/model';
import { SaveBar } from '@/pages/rules/SaveBar';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import classes from './budget.module.css';
import { planned, readDraft, type ShareDraft } from './share';
import { ShareTable } from './ShareTable';
import { SumsAfter } from './SumsAfter';
import { useShareErrors } from './useShareErrors';
import { useBase } from './useBase';

interface ShareFormProps {
  budget: Budget;
  edition: string;
  lines: BudgetLine[];
  onDone: () => void;
}

/** Shares typed by hand: what stays in reserve is counted as they are typed, and all are saved at once or none. */
export function ShareForm({ budget, edition, lines, onDone }: ShareFormProps) {
  const t = useT();
  const format = useFormat();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const { base, onError } = useBase(edition);
  const [draft, setDraft] = useState<ShareDraft>({});
  const [tried, setTried] = useState(false);
  const measures = planned(budget);
  const { lines: changed, wrong, more } = readDraft(draft, lines);
  const dirty = changed.length > 0 || Object.keys(wrong).length > 0;
  const over = measures.some((measure) => more[measure] > units(measure, budget.reserve[measure]));

  const save = useMutation({
    ...patchV1BudgetLinesMutation(),
    onSuccess: async (_, { body }) => {
      await queryClient.invalidateQueries({ queryKey: ['budget'] });
      toastDone(t('budget.sharesSaved', { count: body.lines.length }));
      onDone();
    },
    onError,
    onSettled: () => queryClient.invalidateQueries(),
  });
  useUnsaved(dirty && !save.isSuccess);
  const { errorOf, unnamed } = useShareErrors({ save, wrong, tried });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length > 0 || over || changed.length === 0) return;
    save.mutate({ headers: { 'If-Match': base }, body: { lines: changed } });
  };

  const fields = (line: BudgetLine) => (
    <div className={classes.fields}>
      {measures.map((measure) => {
        const had = line[measure];
        return (
          <TextInput
            key={measure}
            size="sm"
            className={classes.field}
            aria-label={t(`budget.shareOf.${measure}`, { name: line.label || groupedNumber(line.number) })}
            inputMode="decimal"
            placeholder={t('budget.noShare')}
            rightSection={t(`budget.unit.${measure}`)}
            value={draft[line.number]?.[measure] ?? (had === null ? '' : format.editable(had))}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setDraft((now) => ({ ...now, [line.number]: { ...now[line.number], [measure]: value } }));
            }}
            error={errorOf(line, measure)}
          />
        );
      })}
    </div>
  );

  return (
    <form onSubmit={submit} noValidate>
      <Panel flush title={t('budget.byHand')}>
        <div className={classes.tells}>
          {isStale(save.error) && (
            <Note tone="attention" urgent>
              {t('budget.sharesStale')}
            </Note>
          )}
          {unnamed && (
            <Note tone="refused" urgent title={say(save.error)}>
              {unnamed}
            </Note>
          )}
          <SumsAfter budget={budget} more={more} />
          <p className="muted">{t('budget.emptyField')}</p>
        </div>
        <ShareTable budget={budget} lines={lines} renderShare={fields} />
      </Panel>
      <SaveBar save={t('budget.saveShares')} dirty={dirty} saving={save.isPending} disabled={over} onDiscard={onDone} leave />
    </form>
  );
}
