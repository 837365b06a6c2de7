import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patchV1Settings } from '@/api/sdk.gen';
import { parseAmount } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { isStale } from '@/http/refused';
import { useMay } from '@/session/may';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import classes from './settings.module.css';
import { settingsQuery } from './settingsQuery';

/** Below how much the company's people are warned; the owner says it. */
export function Threshold({ chosen, edition }: { chosen: string | null; edition: string }) {
  const t = useT();
  const format = useFormat();
  const { say, fieldErrors } = useProblem();
  const may = useMay();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: (amount: string | null) =>
      patchV1Settings({ headers: { 'If-Match': edition }, body: { low_balance: amount }, throwOnError: true }),
    onSuccess: ({ data, response }) => {
      // What was saved stands in the field at once, not what was there before.
      queryClient.setQueryData(settingsQuery().queryKey, { chosen: data, edition: response.headers.get('ETag') ?? '' });
      setTyped(null);
      setTried(false);
      toastDone(
        data.low_balance === null ? t('threshold.ended') : t('threshold.saved', { amount: format.roubles(data.low_balance) }),
      );
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const shown = typed ?? (chosen === null ? '' : format.editable(chosen));
  const dirty = typed !== null && typed !== (chosen === null ? '' : format.editable(chosen));
  useUnsaved(dirty);
  if (!may('settings')) {
    return (
      <>
        <p>{chosen === null ? t('threshold.none') : t('threshold.is', { amount: format.roubles(chosen) })}</p>
        <p className="muted">{t('settings.ownerChooses')}</p>
      </>
    );
  }
  const ends = shown.trim() === '';
  const amount = ends ? null : parseAmount(shown, 2);
  const refused = fieldErrors(save.error).low_balance;
  return (
    <form
      className={classes.threshold}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (ends || amount !== null) save.mutate(amount);
      }}
    >
      <p className="muted">{t('threshold.note')}</p>
      {save.isError && !refused && (
        <Note tone={isStale(save.error) ? 'attention' : 'refused'} urgent>
          {isStale(save.error) ? t('threshold.stale') : say(save.error)}
        </Note>
      )}
      <TextInput
        label={t('threshold.amount')}
        description={t('threshold.zero')}
        inputMode="decimal"
        rightSection={<span aria-hidden>₽</span>}
        value={shown}
        error={tried && !ends && amount === null ? t('field.amount') : refused}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" size="sm" disabled={!dirty} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
