import { IconCashBanknoteOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffPaymentsByIdReverseMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { useMay } from '@/session/may';
import { toastDone } from '@/ui/toast';
import { AskWithReason } from '@/ui/trade/AskWithReason';

/** Asks for a payment's money back, where there is any and this person may. */
export function ReverseButton({ entry }: { entry: EntryDetails }) {
  const may = useMay();
  return may('ask') && entry.type === 'payment' && !entry.flags.includes('reversed') ? <Ask payment={entry} /> : null;
}

/** Asks another person to take a payment's money back. */
function Ask({ payment }: { payment: EntryDetails }) {
  const t = useT();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const ask = useMutation({
    ...postV1StaffPaymentsByIdReverseMutation(),
    onSuccess: () => {
      setReason('');
      toastDone(t('approvals.asked'));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const amount = format.roubles(payment.amount);
  const date = payment.document_date ? format.date(payment.document_date) : '';

  return (
    <AskWithReason
      button={t('reversal.ask')}
      icon={<IconCashBanknoteOff size={18} aria-hidden />}
      title={t('reversal.title')}
      tone="attention"
      note={
        <>
          <p>{t('reversal.what', { amount, number: payment.document_number ?? '', date })}</p>
          <p>{t('approvals.willWait')}</p>
        </>
      }
      label={t('reversal.why')}
      maxLength={200}
      reason={reason}
      onReason={setReason}
      submit={t('approvals.ask')}
      destructive
      act={ask}
      onSubmit={(words, close) => ask.mutate({ path: { id: payment.id }, body: { reason: words } }, { onSuccess: close })}
    />
  );
}
