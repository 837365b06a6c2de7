import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1InvoicesMutation } from '@/api/@tanstack/react-query.gen';
import { editable, parseAmount } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useOnce } from '@/http/useOnce';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

interface NewInvoiceButtonProps {
  /** For how much, if that is known: the dialog is open at once. */
  wanted?: string;
  onClose: () => void;
}

/** Makes an invoice for an amount: one for the amount that stands there, however often it is sent. */
export function NewInvoiceButton({ wanted, onClose }: NewInvoiceButtonProps) {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(wanted !== undefined, { onClose });
  const once = useOnce();
  const [typed, setTyped] = useState(wanted ? editable(wanted, format.locale) : '');
  const make = useMutation({
    ...postV1InvoicesMutation(),
    onSuccess: (invoice) => {
      once.through();
      dialog.close();
      toastDone(t('invoices.made', { number: invoice.number }));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    make.reset();
    setTyped('');
    dialog.open();
  };
  const amount = parseAmount(typed, 2);
  const errors = fieldErrors(make.error);
  return (
    <>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
        {t('invoices.new')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('invoices.new')}
        submit={t('invoices.make')}
        onSubmit={() => amount !== null && make.mutate({ headers: { 'Idempotency-Key': once.keyOf(amount) }, body: { amount } })}
        act={make}
        marked={Object.keys(errors).length > 0}
        disabled={amount === null}
      >
        <TextInput
          label={t('invoices.amount')}
          description={amount ? format.roubles(amount) : t('invoices.amountNote')}
          inputMode="decimal"
          value={typed}
          error={typed.trim() !== '' && amount === null ? t('field.amount') : errors.amount}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      </ActDialog>
    </>
  );
}
