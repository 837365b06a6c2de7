import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1RecoveryMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Desk } from '@/pages/sign-in/Desk';
import { Note } from '@/ui/Note';
import classes from './recovery.module.css';
import { Ways } from './Ways';

/** Asks for a link. What is said afterwards is the same whoever asked and whatever was typed. */
export function RequestPage() {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [identifier, setIdentifier] = useState('');
  const [empty, setEmpty] = useState(false);
  const ask = useMutation(postV1RecoveryMutation());
  const fieldError = fieldErrors(ask.error).identifier;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = identifier.trim();
    setEmpty(typed === '');
    if (typed !== '') ask.mutate({ body: { identifier: typed } });
  };

  if (ask.isSuccess) {
    return (
      <Desk title={t('recovery.sentTitle')}>
        <p className={classes.intro} role="status">
          {t('recovery.sent')}
        </p>
        <ul className={classes.next}>
          <li>{t('recovery.sentWhere')}</li>
          <li>{t('recovery.sentLong')}</li>
          <li>{t('recovery.sentNext')}</li>
        </ul>
        <Button variant="default" onClick={() => ask.reset()}>
          {t('recovery.again')}
        </Button>
        <Ways />
      </Desk>
    );
  }
  return (
    <Desk title={t('recovery.title')}>
      <p className={`muted ${classes.intro}`}>{t('recovery.note')}</p>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {ask.isError && !fieldError && (
            <Note tone="refused" urgent>
              {say(ask.error)}
            </Note>
          )}
          <TextInput
            label={t('recovery.identifier')}
            value={identifier}
            onChange={(event) => setIdentifier(event.currentTarget.value)}
            error={empty ? t('field.required') : fieldError}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            data-autofocus
          />
          <Button type="submit" size="md" loading={ask.isPending}>
            {t('recovery.send')}
          </Button>
        </Stack>
      </form>
      <Ways />
    </Desk>
  );
}
