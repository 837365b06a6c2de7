import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCreditCardOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffCardsByNumberCloseMutation } from '@/api/@tanstack/react-query.gen';
import type { StaffCard } from '@/api/types.gen';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import { freeOf } from './useMoved';

/** Ends a card that nobody needs any more; its purse's money returns to the account. */
export function CloseCardButton({ card }: { card: StaffCard }) {
  const t = useT();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const name = card.label || groupedNumber(card.number);
  const close = useMutation({
    ...postV1StaffCardsByNumberCloseMutation(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('closeCard.done', { name }));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    close.reset();
    setReason('');
    dialog.open();
  };
  const free = freeOf(card);
  return (
    <>
      <Button size="sm" variant="default" leftSection={<IconCreditCardOff size={16} aria-hidden />} onClick={open}>
        {t('closeCard.button')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('closeCard.title', { name })}
        submit={t('closeCard.submit')}
        onSubmit={() => close.mutate({ path: { number: card.number }, body: reason.trim() ? { reason: reason.trim() } : {} })}
        act={close}
        destructive
      >
        <p>{t('closeCard.what')}</p>
        <p>
          {t('ends.holds', { count: card.holds.length, amount: format.roubles(card.held) })}{' '}
          {card.funding === 'purse' && !isZero(free) && t('closeCard.purse', { amount: format.roubles(free) })}
        </p>
        <TextInput
          label={t('card.reason')}
          description={t('ends.reasonNote')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      </ActDialog>
    </>
  );
}
