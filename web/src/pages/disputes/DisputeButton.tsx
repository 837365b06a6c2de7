import { IconScale } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { postV1HistoryByIdDisputeMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { useDraft } from '@/session/drafts';
import { toastDone } from '@/ui/toast';
import { AskWithReason } from '@/ui/trade/AskWithReason';

/** Disputes a purchase, where it is one that was not disputed yet. */
export function DisputeButton({ entry }: { entry: EntryDetails }) {
  return entry.type === 'purchase' && !entry.dispute ? <Ask purchase={entry} /> : null;
}

/** Says what is not right. */
function Ask({ purchase: { id } }: { purchase: EntryDetails }) {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [reason, setReason] = useDraft(`dispute of ${id}`);
  const ask = useMutation({
    ...postV1HistoryByIdDisputeMutation(),
    onSuccess: (dispute) => {
      setReason('');
      toastDone(t('dispute.sent', { number: dispute.number, date: format.date(dispute.due_on) }));
      void navigate({ to: '/disputes/$id', params: { id: dispute.id } });
    },
    onSettled: () => queryClient.invalidateQueries(),
  });

  return (
    <AskWithReason
      button={t('dispute.ask')}
      icon={<IconScale size={18} aria-hidden />}
      title={t('dispute.askTitle')}
      note={t('dispute.askWhat')}
      label={t('dispute.askWhy')}
      description={t('dispute.askHint')}
      maxLength={1_000}
      reason={reason}
      onReason={setReason}
      submit={t('dispute.ask')}
      act={ask}
      onSubmit={(words) => ask.mutate({ path: { id }, body: { reason: words } })}
    />
  );
}
