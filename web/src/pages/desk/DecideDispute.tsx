import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCashBanknote, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { postV1StaffDisputesByIdRefundMutation } from '@/api/@tanstack/react-query.gen';
import { postV1StaffDisputesByIdRefuse } from '@/api/sdk.gen';
import { inOneLine } from '@/format/inOneLine';
import { useFormat, useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { StaffDisputeDetails } from '@/model';
import classes from '@/pages/disputes/disputes.module.css';
import { RefuseDialog } from '@/pages/staff/RefuseDialog';
import { ActDialog } from '@/ui/ActDialog';
import { LinkButton } from '@/ui/LinkButton';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';

const REASON_MAX = 1_000;

/** The decision: money back, which another person approves, or a reason. */
export function DecideDispute({ dispute }: { dispute: StaffDisputeDetails }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<'refund' | 'refuse' | null>(null);
  const { id, number, company } = dispute;
  const refuse = useMutation({
    mutationFn: ({ reason }: { reason: string }) => postV1StaffDisputesByIdRefuse({ path: { id }, body: { reason: inOneLine(reason) }, throwOnError: true }),
    onSettled: () => queryClient.invalidateQueries(),
  });
  if (dispute.approval_id) {
    return (
      <div className={classes.note}>
        <Note tone="attention" title={t('dispute.refundWaits')}>
          <p>{t('dispute.refundWaitsNote')}</p>
          <LinkButton to="/staff/approvals" variant="light" size="sm">
            {t('dispute.toApprovals')}
          </LinkButton>
        </Note>
      </div>
    );
  }
  const nothing = Number(dispute.not_returned) === 0;
  return (
    <>
      {nothing && (
        <div className={classes.note}>
          <Note>{t('dispute.nothingLeft')}</Note>
        </div>
      )}
      <div className={classes.acts}>
        {!nothing && (
          <Button leftSection={<IconCashBanknote size={18} aria-hidden />} onClick={() => setAsked('refund')}>
            {t('dispute.refund')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconX size={18} aria-hidden />} onClick={() => setAsked('refuse')}>
          {t('dispute.refuse')}
        </Button>
      </div>
      {asked === 'refund' && <RefundDialog dispute={dispute} onClose={() => setAsked(null)} />}
      {asked === 'refuse' && (
        <RefuseDialog
          title={t('dispute.refuseTitle', { number })}
          note={t('dispute.refuseNote', { name: company.name })}
          maxLength={REASON_MAX}
          refuse={refuse}
          onDone={() => toastDone(t('dispute.refused', { number }))}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function RefundDialog({ dispute, onClose }: { dispute: StaffDisputeDetails; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { unitOf } = useProducts();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(true, { onClose });
  const [quantity, setQuantity] = useState(dispute.not_returned);
  const [reason, setReason] = useState('');
  const ask = useMutation({
    ...postV1StaffDisputesByIdRefundMutation(),
    onSuccess: () => {
      toastDone(t('approvals.asked'));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const refused = fieldErrors(ask.error);
  const body = { quantity: quantity.trim().replace(',', '.'), ...(reason.trim() && { reason: reason.trim() }) };
  return (
    <ActDialog
      opened={opened}
      onClose={dialog.close}
      title={t('dispute.refundTitle', { number: dispute.number })}
      submit={t('approvals.ask')}
      onSubmit={() => ask.mutate({ path: { id: dispute.id }, body })}
      act={ask}
      marked={Object.keys(refused).length > 0}
    >
      <p>{t('dispute.refundNote')}</p>
      <TextInput
        label={t('dispute.refundQuantity')}
        description={t('dispute.refundMost', { quantity: format.quantity(dispute.not_returned, unitOf(dispute.product)) })}
        inputMode="decimal"
        value={quantity}
        onChange={(event) => setQuantity(event.currentTarget.value)}
        error={refused.quantity}
        data-autofocus
      />
      <TextInput label={t('dispute.refundWhy')} value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} error={refused.reason} />
    </ActDialog>
  );
}
