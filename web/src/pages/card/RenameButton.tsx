import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { patchV1CardsByNumberMutation } from '@/api/@tanstack/react-query.gen';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { cardQuery } from './useCard';

/** Changes what the card is called and which group it is in. */
export function RenameButton({ card, edition }: { card: CardDetails; edition: string }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [label, setLabel] = useState('');
  const [group, setGroup] = useState('');
  // The edition the person saw on opening; polling moves `edition` on under an open dialog.
  const [base, setBase] = useState(edition);
  const fresh = { ...cardQuery(card.number), staleTime: 0 };
  const save = useMutation({
    ...patchV1CardsByNumberMutation(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('common.saved'));
    },
    // Somebody else was quicker: what they wrote is shown, and a second press saves over it knowingly.
    onError: async (error) => {
      if (isStale(error)) setBase(await queryClient.fetchQuery(fresh).then((now) => now.edition));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const errors = fieldErrors(save.error);
  const stale = isStale(save.error);

  const open = () => {
    save.reset();
    setBase(edition);
    setLabel(card.label);
    setGroup(card.group);
    dialog.open();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({
      path: { number: card.number },
      headers: { 'If-Match': base },
      body: { label: label.trim(), group: group.trim() },
    });
  };

  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={18} />} onClick={open}>
        {t('card.rename')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('card.rename')}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {save.isError && Object.keys(errors).length === 0 && (
              <Note tone={stale ? 'attention' : 'refused'} urgent>
                {stale
                  ? t('card.renameStale', { label: card.label || '—', group: card.group || '—' })
                  : say(save.error)}
              </Note>
            )}
            <TextInput
              label={t('card.label')}
              description={t('card.labelNote')}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              error={errors.label}
              data-autofocus
            />
            <TextInput
              label={t('cards.group')}
              value={group}
              onChange={(event) => setGroup(event.currentTarget.value)}
              error={errors.group}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending}>
                {t('common.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
