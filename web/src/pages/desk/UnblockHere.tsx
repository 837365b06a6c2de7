import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { getV1StaffCardsByNumberOptions, postV1StaffTicketsByIdCardUnblockMutation } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { StaffTicketDetails } from '@/model';
import { useMay } from '@/session/may';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

/** The client's own block on the card that the ticket is about: staff lift it here and nowhere else, because the client asked. */
export function UnblockHere({ ticket }: { ticket: StaffTicketDetails }) {
  const t = useT();
  const may = useMay();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const number = ticket.card ?? '';
  const { data: card } = useQuery({
    ...getV1StaffCardsByNumberOptions({ path: { number } }),
    enabled: ticket.card !== null && may('provision'),
    refetchInterval: LIVE_MS,
  });
  const unblock = useMutation({
    ...postV1StaffTicketsByIdCardUnblockMutation(),
    onSuccess: () => {
      setAsking(false);
      toastDone(t('unblockHere.done'));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  if (!card?.blocked_by_client || card.status === 'closed' || ticket.state === 'closed') return null;
  const name = card.label || groupedNumber(card.number);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconLockOpen size={18} aria-hidden />}
        onClick={() => {
          unblock.reset();
          setAsking(true);
        }}
      >
        {t('unblockHere.button')}
      </Button>
      <ActDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('unblockHere.title', { name })}
        submit={t('unblockHere.button')}
        onSubmit={() => unblock.mutate({ path: { id: ticket.id } })}
        act={unblock}
      >
        <p>{t('unblockHere.what', { number: ticket.number })}</p>
      </ActDialog>
    </>
  );
}
