import { Button, Checkbox, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconReplace } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { postV1StaffCardsByNumberReplaceMutation } from '@/api/@tanstack/react-query.gen';
import type { StaffCard } from '@/api/types.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Rules } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import classes from './ends.module.css';
import { freeOf, useMoved } from './useMoved';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The card that has just taken another's place, and what came onto its purse. */
    replacement?: { number: string; purse: string | null };
  }
}

/** Puts another card in the place of a lost one, saying first what passes to it, and leads there. */
export function ReplaceButton({ card, rules }: { card: StaffCard; rules: Rules | undefined }) {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const moved = useMoved();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [number, setNumber] = useState('');
  const [blocked, setBlocked] = useState(false);
  const replace = useMutation({
    ...postV1StaffCardsByNumberReplaceMutation(),
    onSuccess: ({ card: heir }) => {
      dialog.close();
      void navigate({
        to: '/staff/companies/$id/cards/$number',
        params: { id: card.company.id, number: heir.number },
        state: { replacement: { number: heir.number, purse: heir.funding === 'purse' ? heir.purse : null } },
      });
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    replace.reset();
    setReason('');
    setNumber('');
    setBlocked(false);
    dialog.open();
  };
  const errors = fieldErrors(replace.error);
  const digits = number.replace(/\s/g, '');
  return (
    <>
      <Button size="sm" variant="default" leftSection={<IconReplace size={16} aria-hidden />} onClick={open}>
        {t('replace.button')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('replace.title', { name: card.label || groupedNumber(card.number) })}
        submit={t('replace.submit')}
        onSubmit={() =>
          replace.mutate({
            path: { number: card.number },
            body: { blocked, ...(digits && { number: digits }), ...(reason.trim() && { reason: reason.trim() }) },
          })
        }
        act={replace}
        marked={Boolean(errors.number ?? errors.reason)}
      >
        <div>
          <p>{t('replace.what')}</p>
          <ul className={classes.list}>
            {moved(card, rules, card.funding === 'purse' ? freeOf(card) : null).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <p>
          {card.funding === 'account' && t('replace.share')} {t('ends.holds', { count: card.holds.length, amount: format.roubles(card.held) })}{' '}
          {card.pin !== 'none' && t('replace.pin')}
        </p>
        <p>
          <strong>{t('replace.forGood')}</strong>
        </p>
        <TextInput
          label={t('card.reason')}
          description={t('ends.reasonNote')}
          value={reason}
          maxLength={200}
          error={errors.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('replace.number')}
          description={t('replace.numberNote')}
          inputMode="numeric"
          value={number}
          error={errors.number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Checkbox
          label={t('issue.blocked')}
          description={t('issue.blockedNote')}
          checked={blocked}
          onChange={(event) => setBlocked(event.currentTarget.checked)}
        />
      </ActDialog>
    </>
  );
}
