import { NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { postV1CompanyCorrectionsMutation } from '@/api/@tanstack/react-query.gen';
import type { OnFile, ProfileView } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import { useOnFile } from './useOnFile';

const WHAT: OnFile[] = ['name', 'inn', 'kpp', 'time_zone', 'contract', 'contact'];

interface CorrectDialogProps {
  profile: ProfileView;
  /** What it opens with. */
  first: OnFile;
  onClose: () => void;
}

/** Asks OKTAN to correct what is on file: a ticket. The key belongs to what is written, so that pressing twice asks once. */
export function CorrectDialog({ profile, first, onClose }: CorrectDialogProps) {
  const t = useT();
  const say = useOnFile();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [what, setWhat] = useState(first);
  const [body, setBody] = useState('');
  const [tried, setTried] = useState(false);
  const key = useRef(crypto.randomUUID());
  const ask = useMutation({
    ...postV1CompanyCorrectionsMutation(),
    onSuccess: ({ number }) => {
      toastDone(t('profile.asked', { number }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  useUnsaved(body !== '' && !ask.isSuccess);
  const refused = fieldErrors(ask.error);
  const submit = () => {
    setTried(true);
    if (body.trim() === '') return;
    ask.mutate({ headers: { 'Idempotency-Key': key.current }, body: { what, body: body.trim() } });
  };
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('profile.correctTitle')}
      submit={t('profile.send')}
      onSubmit={submit}
      act={ask}
      marked={Object.keys(refused).length > 0}
    >
      <p className="muted">{t('profile.correctNote')}</p>
      <NativeSelect
        label={t('profile.what')}
        value={what}
        error={refused.what}
        onChange={(event) => {
          key.current = crypto.randomUUID();
          setWhat(WHAT.find((one) => one === event.currentTarget.value) ?? first);
        }}
        data={WHAT.map((value) => ({ value, label: t(`onFile.${value}`) }))}
      />
      <p>
        <span className="muted">{t('profile.now')}</span> {say(profile, what)}
      </p>
      <Textarea
        label={t('profile.should')}
        rows={4}
        data-autofocus
        value={body}
        error={tried && body.trim() === '' ? t('field.required') : refused.body}
        onChange={(event) => {
          key.current = crypto.randomUUID();
          setBody(event.currentTarget.value);
        }}
      />
    </ActDialog>
  );
}
