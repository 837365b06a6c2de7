import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import type { Doing } from '@/ui/trade/people/person';

interface RefuseDialogProps {
  title: string;
  /** What a refusal means and who reads the reason. */
  note: string;
  /** Characters of a reason. */
  maxLength?: number;
  refuse: Doing<{ reason: string }>;
  onDone: () => void;
  onClose: () => void;
}

/** A refusal, which always says why. */
export function RefuseDialog({ title, note, maxLength = 200, refuse, onDone, onClose }: RefuseDialogProps) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const refused = fieldErrors(refuse.error);

  const decide = async () => {
    setTried(true);
    if (reason.trim() === '') return;
    try {
      await refuse.mutateAsync({ reason: reason.trim() });
    } catch {
      return;
    }
    onDone();
    onClose();
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={title}
      submit={t('desk.refuse')}
      onSubmit={() => void decide()}
      act={refuse}
      marked={Boolean(refused.reason)}
      destructive
    >
      <p>{note}</p>
      <Textarea
        label={t('desk.reason')}
        value={reason}
        rows={2}
        maxLength={maxLength}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && reason.trim() === '' ? t('field.required') : refused.reason}
        data-autofocus
      />
    </ActDialog>
  );
}
