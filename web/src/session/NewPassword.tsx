import { PasswordInput } from '@mantine/core';
import { useT } from '@/i18n/message';

export const PASSWORD_LENGTH_MIN = 12;

interface NewPasswordProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
}

/** A field for a new password, saying what the server will accept before it refuses. */
export function NewPassword({ value, onChange, error }: NewPasswordProps) {
  const t = useT();
  return (
    <PasswordInput
      label={t('session.newPassword')}
      description={t('session.newPasswordNote', { length: PASSWORD_LENGTH_MIN })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      name="new-password"
      autoComplete="new-password"
      maxLength={256}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
    />
  );
}
