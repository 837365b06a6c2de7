import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCashBanknotePlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { postV1StaffCompaniesByIdPaymentsMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { calendarDate, HOUSE_ZONE } from '@/format/dates';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Company } from '@/model';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';

const EMPTY = { amount: '', date: '', document_number: '', comment: '' };

/**
 * A payment by hand. The idempotency key belongs to what is written in the form: pressing twice, or again after
 * a lost answer, posts once; a changed form is another payment. Beside one that stands with the same document it is posted
 * when somebody has said that it is another.
 */
export function PaymentButton({ company }: { company: Company }) {
  const t = useT();
  const format = useFormat();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [form, setForm] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const key = useRef('');
  const pay = useMutation({
    ...postV1StaffCompaniesByIdPaymentsMutation(),
    onSuccess: (entry) => {
      toastDone(t('payment.done', { amount: format.roubles(entry.amount), name: company.name }));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });

  useUnsaved(opened && (form.amount !== '' || form.document_number !== '') && !pay.isSuccess);

  const open = () => {
    pay.reset();
    setTried(false);
    setForm({ ...EMPTY, date: calendarDate(new Date(), HOUSE_ZONE) });
    key.current = crypto.randomUUID();
    dialog.open();
  };
  const change = (field: keyof typeof EMPTY) => (event: { currentTarget: { value: string } }) => {
    key.current = crypto.randomUUID();
    if (isRefused(pay.error, 'payment_known')) pay.reset();
    setForm({ ...form, [field]: event.currentTarget.value });
  };

  const amount = parseAmount(form.amount, 2);
  const refused = fieldErrors(pay.error);
  const errors = {
    amount: tried && amount === null ? t('field.amount') : refused.amount,
    date: tried && form.date === '' ? t('field.required') : refused.date,
    document_number: tried && form.document_number.trim() === '' ? t('field.required') : refused.document_number,
  };

  const known = isRefused(pay.error, 'payment_known');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (amount === null || form.date === '' || form.document_number.trim() === '') return;
    pay.mutate({
      path: { id: company.id },
      headers: { 'Idempotency-Key': key.current },
      body: {
        amount,
        date: form.date,
        document_number: form.document_number.trim(),
        another: known,
        ...(form.comment.trim() && { comment: form.comment.trim() }),
      },
    });
  };

  return (
    <>
      <Button leftSection={<IconCashBanknotePlus size={18} />} onClick={open}>
        {t('payment.title')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('payment.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {pay.isError && Object.keys(refused).length === 0 && (
              <Note tone="refused" urgent>
                {say(pay.error)}
              </Note>
            )}
            <TextInput
              label={t('payment.amount')}
              inputMode="decimal"
              value={form.amount}
              onChange={change('amount')}
              error={errors.amount}
              description={amount ? format.roubles(amount) : t('payment.amountNote')}
              data-autofocus
            />
            <TextInput type="date" label={t('payment.date')} value={form.date} onChange={change('date')} error={errors.date} />
            <TextInput
              label={t('payment.document')}
              value={form.document_number}
              onChange={change('document_number')}
              error={errors.document_number}
            />
            <TextInput label={t('payment.comment')} value={form.comment} onChange={change('comment')} error={refused.comment} />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={pay.isPending}>
                {known ? t('payment.another') : t('payment.post')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
