import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { putV1BudgetMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { amountOf, costOf, DIGITS, litresFor, MEASURES, units, type Planned } from '@/format/sums';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Budget } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { planned } from './share';
import { useAmounts } from './useAmounts';
import { useBase } from './useBase';

/** Sets how much the company plans for a month; shares stay as they are. */
export function PlanButton({ budget, edition }: { budget: Budget; edition: string }) {
  const t = useT();
  const [opened, dialog] = useDisclosure(false);
  const first = planned(budget).length === 0;
  const words = t(first ? 'budget.set' : 'budget.change');
  return (
    <>
      <Button variant={first ? 'filled' : 'default'} leftSection={first ? undefined : <IconPencil size={18} />} onClick={dialog.open}>
        {words}
      </Button>
      {opened && <PlanDialog title={words} budget={budget} edition={edition} onClose={dialog.close} />}
    </>
  );
}

interface PlanDialogProps {
  title: string;
  budget: Budget;
  edition: string;
  onClose: () => void;
}

function PlanDialog({ title, budget, edition, onClose }: PlanDialogProps) {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const { say, sum } = useAmounts();
  const queryClient = useQueryClient();
  const { base, onError } = useBase(edition);
  const [typed, setTyped] = useState<Record<Planned, string>>({
    roubles: budget.roubles === null ? '' : format.editable(budget.roubles),
    litres: budget.litres === null ? '' : format.editable(budget.litres),
  });
  const [carry, setCarry] = useState(budget.carry_over);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    ...putV1BudgetMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['budget'] });
      toastDone(t('budget.saved'));
      onClose();
    },
    onError,
    onSettled: () => queryClient.invalidateQueries(),
  });
  const refused = fieldErrors(save.error);
  const stale = isStale(save.error);

  const amounts = { roubles: parseAmount(typed.roubles, DIGITS.roubles), litres: parseAmount(typed.litres, DIGITS.litres) };
  const wrong = (measure: Planned): string | undefined => {
    const [text, amount] = [typed[measure].trim(), amounts[measure]];
    const shared = units(measure, budget.distributed[measure]);
    if (text === '') return shared > 0n ? t('budget.freeFirst', { amount: sum(measure, shared) }) : undefined;
    if (amount === null || units(measure, amount) === 0n) return t(measure === 'roubles' ? 'field.amount' : 'field.quantity');
    return units(measure, amount) < shared ? t('budget.lessThanShared', { amount: sum(measure, shared) }) : undefined;
  };
  const errors = MEASURES.map(wrong);
  const unset = MEASURES.every((measure) => typed[measure].trim() === '');

  const submit = () => {
    setTried(true);
    if (errors.some(Boolean) || (unset && planned(budget).length === 0)) return;
    save.mutate({
      headers: { 'If-Match': base },
      body: { period: 'month', roubles: amounts.roubles, litres: amounts.litres, carry_over: carry },
    });
  };

  const described = (measure: Planned): string => {
    const amount = amounts[measure];
    if (amount === null) return t('budget.unplanned');
    const other = measure === 'roubles' ? 'litres' : 'roubles';
    if (!budget.price || typed[other].trim() !== '') return say(measure, amount);
    const same = measure === 'roubles' ? litresFor(units('roubles', amount), budget.price) : costOf(amount, budget.price);
    return t('budget.equals', { amount: say(other, amountOf(other, same)), price: format.roubles(budget.price) });
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={title}
      submit={t('common.save')}
      onSubmit={submit}
      act={save}
      marked={stale || Object.keys(refused).length > 0}
    >
      {stale && (
        <Note tone="attention" urgent>
          {t('budget.stale')}
        </Note>
      )}
      <p className="muted">{t('budget.planNote')}</p>
      <Stack gap="sm">
        {MEASURES.map((measure, place) => (
          <TextInput
            key={measure}
            label={t(`budget.plan.${measure}`)}
            description={described(measure)}
            inputMode="decimal"
            value={typed[measure]}
            onChange={(event) => setTyped({ ...typed, [measure]: event.currentTarget.value })}
            error={
              (tried && (errors[place] ?? (place === 0 && unset && planned(budget).length === 0 ? t('budget.oneOf') : undefined))) ||
              refused[measure]
            }
            data-autofocus={place === 0 || undefined}
          />
        ))}
        <Switch
          label={t('budget.carry')}
          description={t('budget.carryNote')}
          checked={carry}
          onChange={(event) => setCarry(event.currentTarget.checked)}
        />
      </Stack>
    </ActDialog>
  );
}
