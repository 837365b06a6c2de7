import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1StaffCompaniesByIdCardsMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { CardRow, Company } from '@/model';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';

const CARDS_AT_ONCE = 100;

/** Issues a card for every line of labels; the numbers are made by the server. */
export function IssueButton({ company }: { company: Company }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [labels, setLabels] = useState('');
  const [group, setGroup] = useState('');
  const [blocked, setBlocked] = useState(false);
  const [funding, setFunding] = useState<CardRow['funding']>('account');
  const issue = useMutation({
    ...postV1StaffCompaniesByIdCardsMutation(),
    onSuccess: ({ cards }) => {
      toastDone(t('issue.done', { count: cards.length }));
      dialog.close();
      setLabels('');
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  useUnsaved(opened && labels.trim() !== '');
  const lines = labels.split('\n').map((line) => line.trim()).filter(Boolean);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const common = { funding, blocked, ...(group.trim() && { group: group.trim() }) };
    issue.mutate({ path: { id: company.id }, body: { cards: lines.map((label) => ({ label, ...common })) } });
  };

  return (
    <>
      <Button size="md" leftSection={<IconPlus size={17} />} onClick={dialog.open}>
        {t('issue.title')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('issue.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {issue.isError && (
              <Note tone="refused" urgent>
                {say(issue.error)}
              </Note>
            )}
            <Textarea
              label={t('issue.labels')}
              description={t('issue.labelsNote')}
              rows={5}
              value={labels}
              onChange={(event) => setLabels(event.currentTarget.value)}
              error={lines.length > CARDS_AT_ONCE && t('issue.tooMany', { max: CARDS_AT_ONCE })}
              data-autofocus
            />
            <TextInput label={t('cards.group')} value={group} onChange={(event) => setGroup(event.currentTarget.value)} />
            <NativeSelect
              label={t('issue.funding')}
              value={funding}
              onChange={(event) => setFunding(event.currentTarget.value as CardRow['funding'])}
              data={[
                { value: 'account', label: t('issue.account') },
                { value: 'purse', label: t('issue.purse') },
              ]}
            />
            <Checkbox
              label={t('issue.blocked')}
              description={t('issue.blockedNote')}
              checked={blocked}
              onChange={(event) => setBlocked(event.currentTarget.checked)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={issue.isPending} disabled={lines.length === 0 || lines.length > CARDS_AT_ONCE}>
                {t('issue.submit', { count: lines.length })}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
