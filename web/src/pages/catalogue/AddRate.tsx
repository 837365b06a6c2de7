import { Button, NumberInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffProductsByCodeVatMutation } from '@/api/@tanstack/react-query.gen';
import type { ProductDetails } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

/** Adds a rate from a day to come; the purchases before it keep theirs. */
export function AddRate({ product, tomorrow }: { product: ProductDetails; tomorrow: string }) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [from, setFrom] = useState(tomorrow);
  const [percent, setPercent] = useState<number | string>(product.vat_now);
  const add = useMutation({
    ...postV1StaffProductsByCodeVatMutation(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('products.rateAdded'));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const errors = fieldErrors(add.error);
  return (
    <>
      <Button
        size="compact-md"
        variant="light"
        leftSection={<IconPlus size={16} />}
        onClick={dialog.open}
        aria-label={t('products.addRateNamed', { name: product.name })}
      >
        {t('products.addRate')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('products.addRateNamed', { name: product.name })}
        submit={t('products.addRate')}
        onSubmit={() => add.mutate({ path: { code: product.code }, body: { from, percent: Number(percent) } })}
        act={add}
        marked={Object.keys(errors).length > 0}
        disabled={percent === '' || from === ''}
      >
        <p>{t('products.rateWhat')}</p>
        <TextInput
          type="date"
          label={t('products.rateFrom')}
          min={tomorrow}
          value={from}
          error={errors.from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data-autofocus
        />
        <NumberInput
          size="md"
          label={t('products.ratePercent')}
          min={0}
          max={99}
          allowDecimal={false}
          hideControls
          value={percent}
          error={errors.percent}
          onChange={setPercent}
        />
      </ActDialog>
    </>
  );
}
