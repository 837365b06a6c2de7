import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffProductsMutation } from '@/api/@tanstack/react-query.gen';
import type { UnitName } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import classes from '@/pages/staff/StationsPage.module.css';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

const UNITS = ['litre', 'cubic_metre', 'piece'] as const satisfies readonly UnitName[];
const CODE_MAX = 8;

interface NewProductProps {
  today: string;
  /** What most of what is sold is taxed with. */
  usual: number;
}

/** Adds a product; its price stands in the price list from then on. */
export function NewProductButton({ today, usual }: NewProductProps) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [unit, setUnit] = useState<UnitName>('litre');
  const [from, setFrom] = useState(today);
  const [percent, setPercent] = useState<number | string>(usual);
  const add = useMutation({
    ...postV1StaffProductsMutation(),
    onSuccess: (made) => {
      dialog.close();
      toastDone(t('products.added', { name: made.name }));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    add.reset();
    setCode('');
    setName('');
    setUnit('litre');
    setFrom(today);
    setPercent(usual);
    dialog.open();
  };
  const errors = fieldErrors(add.error);
  return (
    <>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
        {t('products.new')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('products.new')}
        submit={t('products.add')}
        onSubmit={() => add.mutate({ body: { code, name: name.trim(), unit, vat: [{ from, percent: Number(percent) }] } })}
        act={add}
        marked={Object.keys(errors).length > 0}
        disabled={code === '' || name.trim() === '' || from === '' || percent === ''}
      >
        <p>{t('products.newWhat')}</p>
        <TextInput
          label={t('products.name')}
          description={t('products.nameNote')}
          value={name}
          maxLength={60}
          error={errors.name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.fields}>
          <TextInput
            label={t('products.code')}
            description={t('products.codeNote')}
            value={code}
            error={errors.code}
            onChange={(event) => setCode(event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, CODE_MAX))}
          />
          <NativeSelect
            label={t('products.unit')}
            value={unit}
            error={errors.unit}
            onChange={(event) => setUnit(UNITS.find((one) => one === event.currentTarget.value) ?? 'litre')}
            data={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
          />
          <NumberInput
            size="md"
            label={t('products.ratePercent')}
            min={0}
            max={99}
            allowDecimal={false}
            hideControls
            value={percent}
            error={errors.vat ?? errors['vat[0].percent']}
            onChange={setPercent}
          />
          <TextInput
            type="date"
            label={t('products.rateFrom')}
            value={from}
            error={errors['vat[0].from']}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        </div>
      </ActDialog>
    </>
  );
}
