import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCashBanknoteOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1StaffPaymentsByIdReverseMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { useMay } from '@/session/may';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';

/** Asks for a payment's money back, where there is any and this person may. */
export function ReverseButton({ entry }: { entry: EntryDetails }) {
  const may = useMay();
  return may('ask') && entry.type === 'payment' && !entry.flags.includes('reversed') ? <Ask payment={entry} /> : null;
}

/** Asks another person to take a payment's money back; where it stands, for it is shown in a window already. */
function Ask({ payment }: { payment: EntryDetails }) {
  const t = useT();
  const format = useFormat();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, form] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const ask = useMutation({
    ...postV1StaffPaymentsByIdReverseMutation(),
    onSuccess: () => {
      toastDone(t('approvals.asked'));
      form.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    ask.reset();
    setReason('');
    setTried(false);
    form.open();
  };
  const refused = fieldErrors(ask.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim()) ask.mutate({ path: { id: payment.id }, body: { reason: reason.trim() } });
  };
  const amount = format.roubles(payment.amount);
  const date = payment.document_date ? format.date(payment.document_date) : '';

  if (!opened) {
    return (
      <div>
        <Button variant="default" leftSection={<IconCashBanknoteOff size={18} />} onClick={open}>
          {t('reversal.ask')}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate aria-label={t('reversal.title')}>
      <Stack>
        {ask.isError && Object.keys(refused).length === 0 && (
          <Note tone="refused" urgent>
            {say(ask.error)}
          </Note>
        )}
        <Note tone="attention" title={t('reversal.title')}>
          <p>{t('reversal.what', { amount, number: payment.document_number ?? '', date })}</p>
          <p>{t('approvals.willWait')}</p>
        </Note>
        <TextInput
          label={t('reversal.why')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried && reason.trim() === '' ? t('field.required') : refused.reason}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={form.close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color="red" loading={ask.isPending}>
            {t('approvals.ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
