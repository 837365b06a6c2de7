import { Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { patchV1BudgetLines, postV1BudgetDistribute } from '@/api/sdk.gen';
import { parseAmount } from '@/format/amounts';
import { DIGITS, units, type Planned } from '@/format/sums';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Budget, BudgetLine, DistributeAsk, Distribution } from '@/model';
import { usePlanSource } from '@/source/plan';
import { useSource } from '@/source/source';
import { Note } from '@/ui/Note';
import { Loading } from '@/ui/states';
import { toastDone, toastFailed, toastUndo } from '@/ui/toast';
import classes from './budget.module.css';
import { DistributionPreview } from './DistributionPreview';
import { planned } from './share';
import { useGroupNumbers } from './useGroupNumbers';

const METHODS = ['equal', 'proportional', 'by_use', 'weights'] as const;
type Way = (typeof METHODS)[number];

const ALL = 'all';
const PICKED = 'picked';
const GROUP = 'group:';

/** Beyond this a change is not offered back by a press: it would be more lines than a call takes. */
const UNDO_MAX = 500;

interface DistributeDialogProps {
  budget: Budget;
  picked: BudgetLine[];
  onClose: () => void;
  onDone: () => void;
  onJob: (id: string) => void;
}

/** Divides the plan among cards; what would come of it is shown before it is done. */
export function DistributeDialog({ budget, picked, onClose, onDone, onJob }: DistributeDialogProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const source = usePlanSource();
  const measures = planned(budget);
  const [way, setWay] = useState<Way>('equal');
  const [whom, setWhom] = useState(picked.length > 0 ? PICKED : ALL);
  const [amounts, setAmounts] = useState<Record<Planned, string>>({ roubles: '', litres: '' });
  const [weights, setWeights] = useState<Record<string, string>>({});
  const { data: groups } = useQuery(useSource().groups());
  const group = whom.startsWith(GROUP) ? whom.slice(GROUP.length) : null;
  const ofGroup = useGroupNumbers(group, way === 'weights' && whom === ALL);
  const numbers = whom === PICKED ? picked.map(({ number }) => number) : ofGroup.numbers;

  const wrong = (measure: Planned) => amounts[measure].trim() !== '' && parseAmount(amounts[measure], DIGITS[measure]) === null;
  const wrongWeight = (number: string) => !/^\d{1,9}$/.test(weights[number]?.trim() || '1');
  const valid = !measures.some(wrong) && (way !== 'weights' || !numbers?.some(wrongWeight));
  const waiting = (group !== null || way === 'weights') && numbers === undefined;
  const ask: DistributeAsk = {
    method: way === 'weights' ? 'proportional' : way,
    ...(numbers && { numbers }),
    ...(way === 'weights' && numbers && { weights: numbers.map((number) => Number(weights[number]?.trim() || '1')) }),
    ...Object.fromEntries(
      measures.filter((measure) => amounts[measure].trim() !== '').map((measure) => [measure, parseAmount(amounts[measure], DIGITS[measure])]),
    ),
  };
  const [settled] = useDebouncedValue(JSON.stringify(ask), 300);
  const preview = useQuery({
    queryKey: ['distribution', settled],
    queryFn: async ({ signal }): Promise<Distribution> => {
      const body = JSON.parse(settled) as DistributeAsk;
      const { data } = await postV1BudgetDistribute({ body, query: { dry_run: true }, signal, throwOnError: true });
      if ('items' in data) return data;
      throw new Error('a preview is not a job');
    },
    enabled: valid && !waiting,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

  const undo = useMutation({
    mutationFn: async (done: Distribution) => {
      const { edition } = await queryClient.fetchQuery({ ...source.budget(), staleTime: 0 });
      const lines = done.items
        .filter(({ code }) => !code)
        .map(({ number, roubles_before, litres_before }) => ({ number, roubles: roubles_before, litres: litres_before }));
      await patchV1BudgetLines({ headers: { 'If-Match': edition }, body: { lines }, throwOnError: true });
    },
    onSuccess: () => toastDone(t('budget.divideUndone')),
    onError: (error) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const divide = useMutation({
    mutationFn: async () => (await postV1BudgetDistribute({ body: ask, throwOnError: true })).data,
    onSuccess: async (done) => {
      if ('job_id' in done) {
        onJob(String(done.job_id));
        return;
      }
      await queryClient.invalidateQueries({ queryKey: ['budget'] });
      if (done.items.some(({ code }) => code)) return;
      const words = t('budget.divided', { count: done.cards });
      if (done.cards <= UNDO_MAX) toastUndo(words, t('common.undo'), () => undo.mutate(done));
      else toastDone(words);
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });

  const refused = fieldErrors(divide.error ?? preview.error);
  const told = divide.error ?? preview.error;
  const named = measures.some((measure) => refused[measure]);
  const outcome = divide.data && 'items' in divide.data && !divide.isPending ? divide.data : null;
  const shown = outcome ?? preview.data;
  const below = preview.data?.items.some((item) => measures.some((measure) => isBelow(item, measure))) ?? false;
  const current = settled === JSON.stringify(ask) && !preview.isPlaceholderData && preview.isSuccess;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    divide.mutate();
  };

  return (
    <Modal opened onClose={onClose} size="56rem" title={t('budget.divideTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <div className={classes.ask}>
            <Radio.Group label={t('budget.how')} value={way} onChange={(value) => setWay(value as Way)}>
              <Stack gap="xs" mt="xs">
                {METHODS.map((one, place) => (
                  <Radio
                    key={one}
                    value={one}
                    label={t(`budget.way.${one}`)}
                    description={t(`budget.wayNote.${one}`)}
                    data-autofocus={place === 0 || undefined}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <Stack gap="sm">
              <NativeSelect
                label={t('budget.among')}
                value={whom}
                onChange={(event) => setWhom(event.currentTarget.value)}
                error={refused.numbers}
                data={[
                  { value: ALL, label: t('budget.amongAll') },
                  ...(picked.length > 0 ? [{ value: PICKED, label: t('budget.amongPicked', { count: picked.length }) }] : []),
                  ...(groups ?? []).filter((one) => one.group).map((one) => ({ value: GROUP + one.group, label: t('budget.amongGroup', { group: one.group }) })),
                ]}
              />
              {measures.map((measure) => (
                <TextInput
                  key={measure}
                  label={t(`budget.much.${measure}`)}
                  description={t('budget.muchNote')}
                  inputMode="decimal"
                  value={amounts[measure]}
                  onChange={(event) => setAmounts({ ...amounts, [measure]: event.currentTarget.value })}
                  error={wrong(measure) ? t(measure === 'roubles' ? 'field.amount' : 'field.quantity') : refused[measure]}
                />
              ))}
            </Stack>
          </div>
          {Boolean(told) && !named && !refused.numbers && (
            <Note tone="refused" urgent title={Object.keys(refused).length > 0 ? undefined : say(told)}>
              {[...new Set(Object.values(refused))].join(' ')}
            </Note>
          )}
          {shown ? (
            <DistributionPreview
              budget={budget}
              outcome={shown}
              stale={!current}
              weights={way === 'weights' ? { typed: weights, wrong: wrongWeight, change: (number, value) => setWeights({ ...weights, [number]: value }) } : undefined}
            />
          ) : (
            !told && <Loading words={t('budget.counting')} lines={5} />
          )}
          {below && <Note tone="attention">{t('budget.someBelow')}</Note>}
          <Group justify="flex-end" className={classes.foot}>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={divide.isPending} disabled={!current || below || !valid || waiting || Boolean(preview.error)}>
              {t('budget.divideDo', { count: preview.data?.cards ?? 0 })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Whether a part would be less than what the card used and holds already. */
export function isBelow(item: Distribution['items'][number], measure: Planned): boolean {
  const part = item[measure];
  return part !== null && units(measure, part) < units(measure, item.least[measure]);
}
