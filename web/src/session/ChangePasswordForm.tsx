import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1PasswordMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { NewPassword, PASSWORD_LENGTH_MIN } from './NewPassword';

interface ChangePasswordFormProps {
  /** What the present password is called here: a one-time one has its own name. */
  currentLabel: string;
  onDone: () => void;
}

export function ChangePasswordForm({ currentLabel, onDone }: ChangePasswordFormProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tooShort, setTooShort] = useState(false);
  const change = useMutation({
    ...postV1PasswordMutation(),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      onDone();
    },
  });
  const errors = fieldErrors(change.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const short = [...next].length < PASSWORD_LENGTH_MIN;
    setTooShort(short);
    if (!short) change.mutate({ body: { current_password: current, new_password: next } });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {change.isError && Object.keys(errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(change.error)}
          </Note>
        )}
        <PasswordInput
          label={currentLabel}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          name="current-password"
          autoComplete="current-password"
          error={errors.current_password}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        <NewPassword
          value={next}
          onChange={setNext}
          error={tooShort ? t('session.tooShort', { length: PASSWORD_LENGTH_MIN }) : errors.new_password}
        />
        <Button type="submit" size="md" loading={change.isPending} disabled={current === ''}>
          {t('session.changePassword')}
        </Button>
      </Stack>
    </form>
  );
}
