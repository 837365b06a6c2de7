import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEdit } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffCompaniesByIdCreditMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Balance, Company } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

/** Asks another person for another credit limit. */
export function CreditButton({ company, balance }: { company: Company; balance: Balance }) {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const ask = useMutation({
    ...postV1StaffCompaniesByIdCreditMutation(),
    onSuccess: () => {
      toastDone(t('approvals.asked'));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    ask.reset();
    setTyped('');
    setReason('');
    setTried(false);
    dialog.open();
  };
  const amount = parseAmount(typed, 2);
  const refused = fieldErrors(ask.error);
  const submit = () => {
    setTried(true);
    if (amount === null) return;
    ask.mutate({
      path: { id: company.id },
      body: { credit_limit: amount, ...(reason.trim() && { reason: reason.trim() }) },
    });
  };

  return (
    <>
      <Button variant="light" size="compact-md" leftSection={<IconEdit size={17} />} onClick={open}>
        {t('credit.title')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('credit.title')}
        submit={t('approvals.ask')}
        onSubmit={submit}
        act={ask}
        marked={Object.keys(refused).length > 0}
      >
        <p>{t('credit.now', { amount: format.roubles(balance.credit_limit), available: format.roubles(balance.available) })}</p>
        <TextInput
          label={t('credit.limit')}
          description={amount ? format.roubles(amount) : t('credit.limitNote')}
          inputMode="decimal"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={tried && amount === null ? t('credit.malformed') : refused.credit_limit}
          data-autofocus
        />
        <TextInput
          label={t('approvals.why')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={refused.reason}
        />
        <p className="muted">{t('approvals.willWait')}</p>
      </ActDialog>
    </>
  );
}
