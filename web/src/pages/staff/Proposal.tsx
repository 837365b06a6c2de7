import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postV1StaffPaymentsUnmatchedByIdAssignMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { toastDone, toastFailed } from '@/ui/toast';
import type { UnmatchedPayment } from './UnmatchedPage';

interface ProposalProps {
  payment: UnmatchedPayment;
  company: NonNullable<UnmatchedPayment['proposed']>;
  /** Where the company has a payment with the same document. */
  onAlike: () => void;
}

/** The company that has the payer's INN: one click posts the payment to it. */
export function Proposal({ payment, company, onAlike }: ProposalProps) {
  const t = useT();
  const format = useFormat();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const assign = useMutation({
    ...postV1StaffPaymentsUnmatchedByIdAssignMutation(),
    onSuccess: (entry) => toastDone(t('unmatched.done', { amount: format.roubles(entry.amount), name: company.name })),
    onError: (error) => {
      toastFailed(say(error));
      if (isRefused(error, 'payment_known')) onAlike();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <div>{t('unmatched.proposed', { name: company.name })}</div>
      <Button
        data-row
        size="compact-md"
        leftSection={<IconCheck size={16} />}
        loading={assign.isPending}
        aria-label={t('unmatched.confirmNamed', { amount: format.roubles(payment.amount), name: company.name })}
        onClick={() => assign.mutate({ path: { id: payment.id }, body: { company_id: company.id } })}
      >
        {t('unmatched.confirm')}
      </Button>
    </>
  );
}
