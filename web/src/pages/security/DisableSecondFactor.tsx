import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { deleteV1TotpMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { sessionQuery } from '@/session/session';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';

/** Takes the second factor away; both the password and a code are asked for once more. */
export function DisableSecondFactor() {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const disable = useMutation({
    ...deleteV1TotpMutation(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('totp.disabled'));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const errors = fieldErrors(disable.error);

  const open = () => {
    disable.reset();
    setPassword('');
    setCode('');
    dialog.open();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    disable.mutate({ body: { password, code: code.replace(/\s/g, '') } });
  };

  return (
    <>
      <Button variant="default" onClick={open}>
        {t('totp.disable')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('totp.disable')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <p>{t('totp.disableNote')}</p>
            {disable.isError && Object.keys(errors).length === 0 && (
              <Note tone="refused" urgent>
                {say(disable.error)}
              </Note>
            )}
            <PasswordInput
              label={t('security.currentPassword')}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              name="password"
              autoComplete="current-password"
              error={errors.password}
              visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
              data-autofocus
            />
            <TextInput
              label={t('totp.disableCode')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              error={errors.code}
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" color="red" loading={disable.isPending} disabled={password === '' || code.trim() === ''}>
                {t('totp.disable')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
