import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useT } from '@/i18n/message';

/** Copies a number exactly as the API knows it, without the spaces it is shown with. */
export function CopyText({ value, label }: { value: string; label: string }) {
  const t = useT();
  const clipboard = useClipboard({ timeout: 1500 });
  const words = clipboard.copied ? t('common.copied') : label;
  return (
    <Tooltip label={words}>
      <ActionIcon variant="subtle" color="gray" size={24} aria-label={words} onClick={() => clipboard.copy(value)}>
        {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
