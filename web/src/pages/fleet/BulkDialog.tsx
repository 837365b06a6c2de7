import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { postV1CardsBulk } from '@/api/sdk.gen';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import type { CardFilters } from '@/search';
import { ActDialog } from '@/ui/ActDialog';
import { CHUNK, changeCards, type BulkAction, type Outcome } from './bulk';
import { Progress } from './Progress';

export interface Targets {
  /** The picked cards; every one that `all` finds when null. */
  cards: CardRow[] | null;
  all: CardFilters;
  /** How many, where that is known. */
  count: number | null;
}

interface BulkDialogProps {
  action: BulkAction;
  targets: Targets;
  groups: string[];
  onClose: () => void;
  /** What came of the cards, and the cards as they were. */
  onOutcome: (outcome: Outcome, before: CardRow[]) => void;
  /** The change is a job of the server's. */
  onJob: (id: string) => void;
}

/** Says in numbers what will happen to the picked cards, asks why, and does it. */
export function BulkDialog({ action, targets, groups, onClose, onOutcome, onJob }: BulkDialogProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [group, setGroup] = useState('');
  const [done, setDone] = useState(0);
  const known = useId();
  const { cards, all, count } = targets;
  const act = useMutation({
    mutationFn: async () => {
      const change = {
        action,
        ...(action === 'group' && { group: group.trim() }),
        ...(action === 'block' && reason.trim() && { reason: reason.trim() }),
      };
      if (cards === null) {
        const { data } = await postV1CardsBulk({ body: { ...change, all }, throwOnError: true });
        if ('job_id' in data) return data;
        return { outcome: { action, ...data }, before: [] };
      }
      const numbers = cards.map(({ number }) => ({ number }));
      const outcome = await changeCards(change, numbers, (results) => setDone(results.length));
      // Nothing at all was done: the dialog says why and stays.
      if (outcome.stopped && outcome.results.every(({ ok }) => !ok)) throw outcome.stopped;
      return { outcome, before: cards };
    },
    onSuccess: (answer) => {
      if ('job_id' in answer) onJob(answer.job_id);
      else onOutcome(answer.outcome, answer.before);
    },
    onSettled: () => queryClient.invalidateQueries(),
  });

  const times = (status: CardRow['status']) => cards?.filter((card) => card.status === status).length ?? 0;
  const total = cards?.length ?? count;
  const subject = total === null ? t('fleet.allFound') : t('fleet.cards', { count: total });

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t(`fleet.title.${action}`, { subject })}
      submit={t(`fleet.do.${action}`)}
      onSubmit={() => act.mutate()}
      act={act}
      disabled={action === 'group' && group.trim() === ''}
    >
      {action === 'block' && (
        <>
          <p>{t('fleet.blockWhat')}</p>
          {cards && times('active') < cards.length && (
            <p>{t('fleet.blockSome', { active: times('active'), rest: cards.length - times('active') })}</p>
          )}
          <TextInput
            label={t('card.reason')}
            description={t('card.reasonNote')}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
        </>
      )}
      {action === 'unblock' && (
        <>
          <p>{t('fleet.unblockWhat')}</p>
          {times('blocked_by_staff') > 0 && <p>{t('fleet.unblockNot', { count: times('blocked_by_staff') })}</p>}
        </>
      )}
      {action === 'group' && (
        <>
          <TextInput
            label={t('cards.group')}
            description={t('fleet.groupNote')}
            list={known}
            autoComplete="off"
            value={group}
            maxLength={40}
            onChange={(event) => setGroup(event.currentTarget.value)}
            data-autofocus
          />
          <datalist id={known}>
            {groups.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
      {cards === null && <p className="muted">{t('fleet.asJob')}</p>}
      {act.isPending && cards && cards.length > CHUNK && (
        <Progress done={done} total={cards.length} words={t('fleet.progress', { done, total: cards.length })} />
      )}
    </ActDialog>
  );
}
