import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  getV1StaffCompaniesByIdBalanceOptions, getV1StaffCompaniesByIdCardsOptions, getV1StaffCompaniesByIdUsersOptions,
  postV1StaffCompaniesByIdCloseMutation,
} from '@/api/@tanstack/react-query.gen';
import { isNegative, isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Company } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import classes from './CloseButton.module.css';

const CARDS_COUNTED_MAX = 100;

/** Asks another person to close a company for good, saying in numbers what that will do. */
export function CloseButton({ company }: { company: Company }) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const ask = useMutation({
    ...postV1StaffCompaniesByIdCloseMutation(),
    onSuccess: () => {
      toastDone(t('approvals.asked'));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    ask.reset();
    setReason('');
    setTried(false);
    dialog.open();
  };
  const refused = fieldErrors(ask.error);
  const submit = () => {
    setTried(true);
    if (reason.trim()) ask.mutate({ path: { id: company.id }, body: { reason: reason.trim() } });
  };

  return (
    <>
      <Button variant="default" leftSection={<IconBuildingOff size={18} />} onClick={open}>
        {t('close.title')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('close.named', { name: company.name })}
        submit={t('close.ask')}
        onSubmit={submit}
        act={ask}
        marked={Object.keys(refused).length > 0}
        destructive
      >
        <Numbers company={company} />
        <p>{t('close.forGood')}</p>
        <TextInput
          label={t('desk.reason')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried && reason.trim() === '' ? t('field.required') : refused.reason}
          data-autofocus
        />
        <p className="muted">{t('approvals.willWait')}</p>
      </ActDialog>
    </>
  );
}

function Numbers({ company }: { company: Company }) {
  const t = useT();
  const format = useFormat();
  const path = { id: company.id };
  const { data: balance } = useQuery(getV1StaffCompaniesByIdBalanceOptions({ path }));
  const { data: cards } = useQuery(getV1StaffCompaniesByIdCardsOptions({ path, query: { limit: CARDS_COUNTED_MAX } }));
  const { data: people } = useQuery(getV1StaffCompaniesByIdUsersOptions({ path }));
  if (!balance || !cards || !people) return <Loading words={t('close.counting')} lines={3} />;

  const working = cards.items.filter((card) => card.status !== 'closed' && card.status !== 'expired').length;
  const owed = isNegative(balance.balance)
    ? t('close.debt', { amount: format.roubles(balance.balance.slice(1)) })
    : isZero(balance.balance)
      ? t('close.nothingOwed')
      : t('close.credit', { amount: format.roubles(balance.balance) });
  return (
    <ul className={classes.numbers}>
      <li>{cards.next_cursor ? t('close.manyCards', { count: working }) : t('close.cards', { count: working })}</li>
      <li>{t('close.people', { count: people.items.filter((person) => person.active).length })}</li>
      <li>{owed}</li>
      {!isZero(balance.held) && <li>{t('close.held', { amount: format.roubles(balance.held) })}</li>}
      {!isZero(balance.on_purses) && <li>{t('close.purses', { amount: format.roubles(balance.on_purses) })}</li>}
    </ul>
  );
}
