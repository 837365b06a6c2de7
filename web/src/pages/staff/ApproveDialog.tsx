import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import { ActDialog } from '@/ui/ActDialog';
import type { Doing } from '@/ui/trade/people/person';

interface ApproveDialogProps {
  title: string;
  submit: string;
  /** Says by what it was verified; kept in the journal. */
  withReason?: boolean;
  destructive?: boolean;
  approve: Doing<{ totp?: string; reason?: string }>;
  onDone: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The second look: what will happen, and a fresh code of who has an authenticator. */
export function ApproveDialog(props: ApproveDialogProps) {
  const { title, submit, withReason = false, destructive, approve, onDone, onClose, children } = props;
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [code, setCode] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  // Connected in another window meanwhile: the server says so.
  const asksCode = useSession().totp.enabled || isRefused(approve.error, 'totp_required', 'totp_wrong');
  const totp = code.replace(/\s/g, '');
  const refused = fieldErrors(approve.error);
  const wrong = isRefused(approve.error, 'totp_required', 'totp_wrong') ? say(approve.error) : undefined;

  const decide = async () => {
    setTried(true);
    if (asksCode && totp === '') return;
    try {
      await approve.mutateAsync({
        ...(asksCode && { totp }),
        ...(withReason && reason.trim() && { reason: reason.trim() }),
      });
    } catch {
      // A code works once, right or wrong.
      setCode('');
      setTried(false);
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
      submit={submit}
      onSubmit={() => void decide()}
      act={approve}
      marked={Boolean(wrong ?? refused.reason)}
      destructive={destructive}
    >
      {children}
      {withReason && (
        <TextInput
          label={t('desk.verifiedBy')}
          description={t('desk.verifiedByNote')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={refused.reason}
        />
      )}
      {asksCode && (
        <TextInput
          label={t('session.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={tried && totp === '' ? t('field.required') : wrong}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          data-autofocus
        />
      )}
    </ActDialog>
  );
}
