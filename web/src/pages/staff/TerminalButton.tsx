import { Button, Modal, Stack } from '@mantine/core';
import { IconDeviceTablet } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { postV1StaffStationsByCodeTerminalsMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Station } from '@/model';
import { CopyText } from '@/ui/CopyText';
import { Note } from '@/ui/Note';
import { toastFailed } from '@/ui/toast';
import classes from './StationsPage.module.css';

/** Registers a terminal and shows its secret; when the window closes, the secret is nowhere on the page. */
export function TerminalButton({ station }: { station: Station }) {
  const t = useT();
  const { say } = useProblem();
  const register = useMutation({
    ...postV1StaffStationsByCodeTerminalsMutation(),
    onError: (error) => toastFailed(say(error)),
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDeviceTablet size={16} />}
        loading={register.isPending}
        onClick={() => register.mutate({ path: { code: station.code } })}
        aria-label={t('terminal.addTo', { code: station.code })}
      >
        {t('terminal.add')}
      </Button>
      <Modal
        opened={register.isSuccess}
        onClose={() => register.reset()}
        closeOnClickOutside={false}
        title={t('terminal.added', { code: station.code })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {register.data && (
          <Stack>
            <Note tone="attention" title={t('terminal.once')}>
              {t('terminal.onceNote')}
            </Note>
            <div>
              <p className="muted">{t('terminal.id')}</p>
              <p className={classes.secret}>
                {register.data.terminal_id}
                <CopyText value={register.data.terminal_id} label={t('handOver.copy', { name: t('terminal.id') })} />
              </p>
            </div>
            <div>
              <p className="muted">{t('terminal.secret')}</p>
              <p className={classes.secret}>
                {register.data.secret}
                <CopyText value={register.data.secret} label={t('handOver.copy', { name: t('terminal.secret') })} />
              </p>
            </div>
            <Button onClick={() => register.reset()}>{t('terminal.written')}</Button>
          </Stack>
        )}
      </Modal>
    </>
  );
}
