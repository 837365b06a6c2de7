import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { postV1SessionMutation } from '@/api/@tanstack/react-query.gen';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { sessionQuery, type Session } from './session';

interface SignInFormProps {
  /** Whose password is asked, when that is settled. */
  login?: string;
  intro?: ReactNode;
  /** Stands right under the button. */
  under?: ReactNode;
  onDone: (session: Session) => void;
}

/** Login and password; a code from the authenticator only when the server asks for one. */
export function SignInForm({ login: fixedLogin, intro, under, onDone }: SignInFormProps) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const [login, setLogin] = useState(fixedLogin ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useMutation({
    ...postV1SessionMutation(),
    onSuccess: ({ token: _unused, ...session }) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      onDone(session);
    },
  });
  const wantsCode = isRefused(signIn.error, 'totp_required') || code !== '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = login.trim() === '' || password === '';
    setMissing(incomplete);
    if (incomplete) return;
    signIn.mutate({ body: { login: login.trim(), password, ...(code && { totp: code.replace(/\s/g, '') }) } });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {intro && <p className="muted">{intro}</p>}
        {signIn.isError && !isRefused(signIn.error, 'totp_required') && (
          <Note tone="refused" urgent>
            {say(signIn.error)}
          </Note>
        )}
        <TextInput
          label={t('session.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          readOnly={fixedLogin !== undefined}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus={fixedLogin === undefined || undefined}
          error={missing && login.trim() === '' && t('field.required')}
        />
        <PasswordInput
          label={t('session.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          name="password"
          autoComplete="current-password"
          data-autofocus={fixedLogin !== undefined || undefined}
          error={missing && password === '' && t('field.required')}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        {wantsCode && (
          <TextInput
            label={t('session.code')}
            description={t('session.codeNote')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
          />
        )}
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          {t('session.enter')}
        </Button>
        {under}
      </Stack>
    </form>
  );
}
