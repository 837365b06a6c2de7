import { Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceTablet, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getV1StaffStationsByCodeTerminalsQueryKey, postV1StaffStationsByCodeTerminalsMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Station } from '@/model';
import { toastFailed } from '@/ui/toast';
import { TerminalList } from './TerminalList';
import { TerminalSecret } from './TerminalSecret';

/**
 * The terminals of a station. A new one's secret is shown here once; when the window closes, it is nowhere on
 * the page.
 */
export function TerminalsButton({ station }: { station: Station }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const register = useMutation({
    ...postV1StaffStationsByCodeTerminalsMutation(),
    onError: (error) => toastFailed(say(error)),
    onSettled: () =>
      queryClient.invalidateQueries({
        queryKey: getV1StaffStationsByCodeTerminalsQueryKey({ path: { code: station.code } }),
      }),
  });
  const close = () => {
    dialog.close();
    register.reset();
  };

  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDeviceTablet size={16} />}
        onClick={dialog.open}
        aria-label={t('terminal.listOf', { code: station.code })}
      >
        {t('terminal.list')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={!register.isSuccess}
        title={t('terminal.listOf', { code: station.code })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {register.data ? (
          <TerminalSecret created={register.data} onWritten={() => register.reset()} />
        ) : (
          <Stack>
            <TerminalList code={station.code} />
            <Button
              leftSection={<IconPlus size={17} />}
              loading={register.isPending}
              onClick={() => register.mutate({ path: { code: station.code } })}
            >
              {t('terminal.add')}
            </Button>
          </Stack>
        )}
      </Modal>
    </>
  );
}
