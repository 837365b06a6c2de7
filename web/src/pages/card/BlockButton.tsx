import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { useBlocking } from '@/pages/cards/useBlocking';
import { useMay } from '@/session/may';

/** Blocks with a reason, or unblocks what the company itself has blocked. */
export function BlockButton({ card }: { card: CardDetails }) {
  const t = useT();
  const may = useMay();
  const { block, unblock, pending } = useBlocking();
  const [opened, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');

  if (card.status === 'blocked' && may('unblock')) {
    return (
      <Button leftSection={<IconLockOpen size={18} />} loading={pending !== null} onClick={() => unblock(card)}>
        {t('cards.unblock')}
      </Button>
    );
  }
  if (card.status !== 'active' || !may('block')) return null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    block(card, reason.trim());
    dialog.close();
    setReason('');
  };

  return (
    <>
      <Button variant="default" leftSection={<IconLock size={18} />} loading={pending !== null} onClick={dialog.open}>
        {t('cards.block')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('card.blockTitle')}>
        <form onSubmit={submit}>
          <Stack>
            <p>{t('card.blockWhat', { holds: card.holds.length })}</p>
            <TextInput
              label={t('card.reason')}
              description={t('card.reasonNote')}
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit">{t('cards.block')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
