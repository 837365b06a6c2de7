import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1Totp } from '@/api/sdk.gen';
import { postV1TotpConfirmMutation } from '@/api/@tanstack/react-query.gen';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { CopyText } from '@/ui/CopyText';
import { Note } from '@/ui/Note';
import { Failed, Loading } from '@/ui/states';
import { QrCode } from './QrCode';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './secondFactor.module.css';
import { sessionQuery } from './session';
import { useUnsaved } from './unsaved';

/** An offer is made anew each time the steps open, and stays the same for as long as they stand. */
const offerQuery = {
  queryKey: ['totp', 'offer'],
  queryFn: async () => (await postV1Totp({ body: {}, throwOnError: true })).data,
  staleTime: 'static',
  gcTime: 0,
  retry: false,
} as const;

/** Scan, confirm by a code, keep the recovery codes. `onDone` comes after the person said they have them. */
export function EnrolSecondFactor({ onDone, onCancel }: { onDone: () => void; onCancel?: () => void }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [code, setCode] = useState('');
  const [empty, setEmpty] = useState(false);
  const offer = useQuery(offerQuery);
  const confirm = useMutation({
    ...postV1TotpConfirmMutation(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    onError: (error) => {
      setCode('');
      if (isRefused(error, 'totp_not_offered')) void offer.refetch();
    },
  });
  useUnsaved(confirm.isSuccess);

  if (!offer.data) {
    return offer.error ? (
      <Failed error={offer.error} again={() => void offer.refetch()} />
    ) : (
      <Loading words={t('totp.preparing')} />
    );
  }
  const { otpauth_uri: uri, recovery_codes: codes } = offer.data;
  if (confirm.isSuccess) return <RecoveryCodes codes={codes} onSaved={onDone} />;

  const key = new URL(uri).searchParams.get('secret') ?? '';
  const fieldError = fieldErrors(confirm.error).code;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = code.replace(/\s/g, '');
    setEmpty(typed === '');
    if (typed !== '') confirm.mutate({ body: { code: typed } });
  };

  return (
    <form onSubmit={submit} noValidate className={classes.steps}>
      <p>{t('totp.step1')}</p>
      <QrCode text={uri} label={t('totp.qr')} />
      <div>
        <p className="muted">{t('totp.manual')}</p>
        <p className={classes.key}>
          <code>{key.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <CopyText value={key} label={t('totp.copyKey')} />
        </p>
      </div>
      <Stack gap="sm">
        {confirm.isError && !fieldError && (
          <Note tone="refused" urgent>
            {say(confirm.error)}
          </Note>
        )}
        <TextInput
          label={t('session.code')}
          description={t('totp.step2')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={empty ? t('field.required') : fieldError}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
        />
        <Button type="submit" size="md" loading={confirm.isPending}>
          {t('totp.confirm')}
        </Button>
        {onCancel && (
          <Button variant="subtle" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </Stack>
    </form>
  );
}
