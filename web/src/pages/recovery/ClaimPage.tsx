import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1RecoveryClaimsMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Desk } from '@/pages/sign-in/Desk';
import { Note } from '@/ui/Note';
import { Facts } from './Facts';
import { missing, NO_FACTS, said } from './facts';
import classes from './recovery.module.css';
import { Ways } from './Ways';

/** For who has no mailbox any more: two of OKTAN's people will compare this with what is on file. */
export function ClaimPage() {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [facts, setFacts] = useState(NO_FACTS);
  const [tried, setTried] = useState(false);
  const filled = (value: string) => (value.trim() === '' ? t('field.required') : null);
  const form = useForm({
    initialValues: { identifier: '', new_email: '', phone: '' },
    validate: { identifier: filled, phone: filled, new_email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('field.email')) },
  });
  const file = useMutation({ ...postV1RecoveryClaimsMutation(), onError: (error) => form.setErrors(fieldErrors(error)) });
  const lacking = missing(facts);
  const errors = fieldErrors(file.error);

  if (file.isSuccess) {
    return (
      <Desk title={t('claim.sentTitle')}>
        <p className={classes.intro} role="status">
          {t('claim.sent')}
        </p>
        <ol className={classes.next}>
          <li>{t('claim.step1')}</li>
          <li>{t('claim.step2')}</li>
          <li>{t('claim.step3')}</li>
        </ol>
        <Ways claim={false} />
      </Desk>
    );
  }

  const submit = form.onSubmit(
    ({ identifier, new_email, phone }) => {
      setTried(true);
      if (lacking) return;
      file.mutate({
        body: { identifier: identifier.trim(), confirm: said(facts), new_email: new_email.trim(), phone: phone.trim() },
      });
    },
    () => setTried(true),
  );
  return (
    <Desk title={t('signIn.noMailbox')}>
      <p className={`muted ${classes.intro}`}>{t('claim.note')}</p>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          {file.isError && Object.keys(errors).length === 0 && (
            <Note tone="refused" urgent>
              {say(file.error)}
            </Note>
          )}
          <TextInput
            label={t('recovery.identifier')}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            {...form.getInputProps('identifier')}
          />
          <Facts
            draft={facts}
            onChange={setFacts}
            errors={errors}
            missing={tried && lacking ? t(`facts.missing.${lacking}`) : errors.confirm}
          />
          <Stack gap="sm">
            <TextInput
              label={t('claim.newEmail')}
              description={t('claim.newEmailNote')}
              type="email"
              autoComplete="email"
              maxLength={254}
              {...form.getInputProps('new_email')}
            />
            <TextInput
              label={t('claim.phone')}
              description={t('claim.phoneNote')}
              type="tel"
              autoComplete="tel"
              maxLength={40}
              {...form.getInputProps('phone')}
            />
          </Stack>
          <Button type="submit" size="md" loading={file.isPending}>
            {t('claim.send')}
          </Button>
        </Stack>
      </form>
      <Ways claim={false} />
    </Desk>
  );
}
