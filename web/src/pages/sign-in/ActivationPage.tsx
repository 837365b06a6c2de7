import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { postV1ActivationByTokenMutation } from '@/api/@tanstack/react-query.gen';
import { Phone, useContacts } from '@/frame/contacts';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { NewPassword, PASSWORD_LENGTH_MIN } from '@/session/NewPassword';
import { Note } from '@/ui/Note';
import { Desk } from './Desk';
import { LinkButton } from '@/ui/LinkButton';
import classes from './LoginPage.module.css';

const route = getRouteApi('/open/activation/$token');

/** The page a one-time link leads to: the person chooses a password. */
export function ActivationPage() {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const { duty } = useContacts();
  const { token } = route.useParams();
  const [password, setPassword] = useState('');
  const [tooShort, setTooShort] = useState(false);
  const activate = useMutation(postV1ActivationByTokenMutation());
  const fieldError = fieldErrors(activate.error).new_password;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const short = [...password].length < PASSWORD_LENGTH_MIN;
    setTooShort(short);
    if (!short) activate.mutate({ path: { token }, body: { new_password: password } });
  };

  if (activate.isSuccess) {
    return (
      <Desk title={t('activation.doneTitle')}>
        <p className={classes.already}>{t('activation.done')}</p>
        <LinkButton to="/login" fullWidth size="md">
          {t('activation.toLogin')}
        </LinkButton>
      </Desk>
    );
  }
  if (isRefused(activate.error, 'link_expired')) {
    return (
      <Desk title={t('activation.expiredTitle')}>
        <p>
          {t('activation.expired')} <Phone number={duty} />
        </p>
      </Desk>
    );
  }
  return (
    <Desk title={t('activation.title')}>
      <p className={`muted ${classes.already}`}>{t('activation.note')}</p>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {activate.isError && !fieldError && (
            <Note tone="refused" urgent>
              {say(activate.error)}
            </Note>
          )}
          <NewPassword
            value={password}
            onChange={setPassword}
            error={tooShort ? t('session.tooShort', { length: PASSWORD_LENGTH_MIN }) : fieldError}
          />
          <Button type="submit" size="md" loading={activate.isPending}>
            {t('activation.save')}
          </Button>
        </Stack>
      </form>
    </Desk>
  );
}
