import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1StaffCompaniesByIdResumeMutation, postV1StaffCompaniesByIdSuspendMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Company } from '@/model';
import { Note } from '@/ui/Note';
import { toastDone, toastFailed } from '@/ui/toast';

/** Stops all fuelling of a company, saying first what that means; or starts it again. */
export function SuspendButton({ company }: { company: Company }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const onSettled = () => queryClient.invalidateQueries();
  const resume = useMutation({
    ...postV1StaffCompaniesByIdResumeMutation(),
    onSuccess: () => toastDone(t('suspend.resumed', { name: company.name })),
    onError: (error) => toastFailed(say(error)),
    onSettled,
  });
  const suspend = useMutation({
    ...postV1StaffCompaniesByIdSuspendMutation(),
    onSuccess: () => {
      toastDone(t('suspend.done', { name: company.name }));
      dialog.close();
      setReason('');
    },
    onSettled,
  });
  const path = { id: company.id };

  if (company.status === 'suspended') {
    return (
      <Button
        variant="light"
        leftSection={<IconPlayerPlay size={18} />}
        loading={resume.isPending}
        onClick={() => resume.mutate({ path, body: {} })}
      >
        {t('suspend.resume')}
      </Button>
    );
  }
  if (company.status !== 'active') return null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    suspend.mutate({ path, body: reason.trim() ? { reason: reason.trim() } : {} });
  };

  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPause size={18} />} onClick={dialog.open}>
        {t('suspend.title')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('suspend.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={submit}>
          <Stack>
            <p>{t('suspend.what')}</p>
            {suspend.isError && (
              <Note tone="refused" urgent>
                {say(suspend.error)}
              </Note>
            )}
            <TextInput
              label={t('card.reason')}
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={suspend.isPending}>
                {t('suspend.title')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
