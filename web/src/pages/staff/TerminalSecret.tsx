import { Button, Stack } from '@mantine/core';
import type { PostV1StaffStationsByCodeTerminalsResponse } from '@/api/types.gen';
import { useT } from '@/i18n/message';
import { CopyText } from '@/ui/CopyText';
import { Note } from '@/ui/Note';
import classes from './StationsPage.module.css';

interface TerminalSecretProps {
  created: PostV1StaffStationsByCodeTerminalsResponse;
  onWritten: () => void;
}

export function TerminalSecret({ created, onWritten }: TerminalSecretProps) {
  const t = useT();
  const lines = [
    { name: t('terminal.id'), value: created.terminal_id },
    { name: t('terminal.secret'), value: created.secret },
  ];
  return (
    <Stack>
      <Note tone="attention" title={t('terminal.once')}>
        {t('terminal.onceNote')}
      </Note>
      {lines.map(({ name, value }) => (
        <div key={name}>
          <p className="muted">{name}</p>
          <p className={classes.secret}>
            {value}
            <CopyText value={value} label={t('handOver.copy', { name })} />
          </p>
        </div>
      ))}
      <Button onClick={onWritten}>{t('terminal.written')}</Button>
    </Stack>
  );
}
