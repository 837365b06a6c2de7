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

/** Login and password; then a code from the authenticator, where the server asks for one. */
export function SignInForm({ login: fixedLogin, intro, under, onDone }: SignInFormProps) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const [login, setLogin] = useState(fixedLogin ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [missing, setMissing] = useState(false);
  const signIn = useMutation({
    ...postV1SessionMutation(),
    onSuccess: ({ token: _unused, ...session }) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      onDone(session);
    },
    onError: (error) => {
      if (isRefused(error, 'totp_required')) setStep('code');
      if (isRefused(error, 'invalid_credentials')) setStep('password');
      setCode('');
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = login.trim() === '' || password === '' || (step === 'code' && code.trim() === '');
    setMissing(incomplete);
    if (incomplete) return;
    const totp = code.replace(/\s/g, '');
    signIn.mutate({ body: { login: login.trim(), password, ...(step === 'code' && { totp }) } });
  };

  const refusal = signIn.isError && !isRefused(signIn.error, 'totp_required') && (
    <Note tone="refused" urgent>
      {say(signIn.error)}
    </Note>
  );
  if (step === 'code') {
    return (
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <p role="status">{t('signIn.codeTitle')}</p>
          {refusal}
          <TextInput
            key="code"
            label={t('session.code')}
            description={t('session.codeNote')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={missing && code.trim() === '' && t('field.required')}
            inputMode="text"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            ref={focusWhenDrawn}
          />
          <p className="muted">{t('signIn.lostDevice')}</p>
          <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
            {t('session.enter')}
          </Button>
          {fixedLogin === undefined && (
            <Button
              variant="subtle"
              onClick={() => {
                setStep('password');
                setPassword('');
                signIn.reset();
              }}
            >
              {t('signIn.otherPerson')}
            </Button>
          )}
        </Stack>
      </form>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {intro && <p className="muted">{intro}</p>}
        {refusal}
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
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          {t('session.enter')}
        </Button>
        {under}
      </Stack>
    </form>
  );
}

/** The second step takes the place of the first under the person's hands: what they type next goes into it. */
const focusWhenDrawn = (input: HTMLInputElement | null) => input?.focus();
