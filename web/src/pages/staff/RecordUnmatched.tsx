import { Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { postV1StaffPaymentsUnmatchedMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { calendarDate, HOUSE_ZONE } from '@/format/dates';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

const EMPTY = { payer_name: '', payer_inn: '', amount: '', date: '', document_number: '', purpose: '' };

/** Records a payment of an unknown payer. The idempotency key belongs to what is written, as with any payment. */
export function RecordUnmatched({ onClose }: { onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [form, setForm] = useState(() => ({ ...EMPTY, date: calendarDate(new Date(), HOUSE_ZONE) }));
  const [tried, setTried] = useState(false);
  const key = useRef(crypto.randomUUID());
  const record = useMutation({
    ...postV1StaffPaymentsUnmatchedMutation(),
    onSuccess: (payment) => {
      toastDone(t('unmatched.recorded', { amount: format.roubles(payment.amount) }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  useUnsaved((form.amount !== '' || form.payer_name !== '') && !record.isSuccess);

  const amount = parseAmount(form.amount, 2);
  const refused = fieldErrors(record.error);
  const empty = (name: 'payer_name' | 'date' | 'document_number') =>
    tried && form[name].trim() === '' ? t('field.required') : refused[name];
  const field = (name: keyof typeof EMPTY) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      key.current = crypto.randomUUID();
      setForm({ ...form, [name]: event.currentTarget.value });
    },
  });

  const submit = () => {
    setTried(true);
    const { payer_name, payer_inn, date, document_number, purpose } = form;
    if (amount === null || [payer_name, date, document_number].some((text) => text.trim() === '')) return;
    record.mutate({
      headers: { 'Idempotency-Key': key.current },
      body: {
        payer_name: payer_name.trim(),
        amount,
        date,
        document_number: document_number.trim(),
        ...(payer_inn.trim() && { payer_inn: payer_inn.trim() }),
        ...(purpose.trim() && { purpose: purpose.trim() }),
      },
    });
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('unmatched.record')}
      submit={t('unmatched.record')}
      onSubmit={submit}
      act={record}
      marked={Object.keys(refused).length > 0}
    >
      <TextInput label={t('unmatched.payer')} {...field('payer_name')} error={empty('payer_name')} data-autofocus />
      <TextInput
        label={t('unmatched.payerInn')}
        description={t('unmatched.optional')}
        inputMode="numeric"
        maxLength={12}
        {...field('payer_inn')}
        error={refused.payer_inn}
      />
      <TextInput
        label={t('payment.amount')}
        inputMode="decimal"
        description={amount ? format.roubles(amount) : t('payment.amountNote')}
        {...field('amount')}
        error={tried && amount === null ? t('field.amount') : refused.amount}
      />
      <TextInput type="date" label={t('payment.date')} {...field('date')} error={empty('date')} />
      <TextInput label={t('payment.document')} {...field('document_number')} error={empty('document_number')} />
      <Textarea label={t('unmatched.purpose')} autosize minRows={2} maxLength={200} {...field('purpose')} error={refused.purpose} />
    </ActDialog>
  );
}
