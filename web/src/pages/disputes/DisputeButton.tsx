import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconScale } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { postV1HistoryByIdDisputeMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { useDraft } from '@/session/drafts';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { inOneLine } from './inOneLine';

/** Disputes a purchase, where it is one that was not disputed yet. */
export function DisputeButton({ entry }: { entry: EntryDetails }) {
  return entry.type === 'purchase' && !entry.dispute ? <Ask purchase={entry} /> : null;
}

/** Says what is not right; where it stands, for it is shown in a window already. */
function Ask({ purchase }: { purchase: EntryDetails }) {
  const t = useT();
  const format = useFormat();
  const { say, fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [opened, form] = useDisclosure(false);
  const [reason, setReason] = useDraft(`dispute of ${purchase.id}`);
  const [tried, setTried] = useState(false);
  const ask = useMutation({
    ...postV1HistoryByIdDisputeMutation(),
    onSuccess: ({ id, number, due_on: due }) => {
      setReason('');
      toastDone(t('dispute.sent', { number, date: format.date(due) }));
      void navigate({ to: '/disputes/$id', params: { id } });
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const refused = fieldErrors(ask.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim()) ask.mutate({ path: { id: purchase.id }, body: { reason: inOneLine(reason) } });
  };

  if (!opened) {
    return (
      <div>
        <Button variant="default" leftSection={<IconScale size={18} aria-hidden />} onClick={form.open}>
          {t('dispute.ask')}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate aria-label={t('dispute.askTitle')}>
      <Stack>
        {ask.isError && Object.keys(refused).length === 0 && (
          <Note tone="refused" urgent>
            {say(ask.error)}
          </Note>
        )}
        <Note title={t('dispute.askTitle')}>{t('dispute.askWhat')}</Note>
        <Textarea
          label={t('dispute.askWhy')}
          description={t('dispute.askHint')}
          rows={4}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried && reason.trim() === '' ? t('field.required') : refused.reason}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={form.close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending}>
            {t('dispute.ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
