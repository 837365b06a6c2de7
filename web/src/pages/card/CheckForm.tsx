import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { getV1StationsOptions, postV1CardsByNumberCheckMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { CheckResult } from './CheckResult';

/** «Would it pass?»: asks the server what a terminal would be told, changing nothing. */
export function CheckForm({ card }: { card: CardDetails }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const { items: products } = useProducts();
  const { data: stations } = useQuery({ ...getV1StationsOptions(), staleTime: 10 * 60_000 });
  const [product, setProduct] = useState('');
  const [quantity, setQuantity] = useState('40');
  const [station, setStation] = useState('');
  const [wrongQuantity, setWrongQuantity] = useState(false);
  const check = useMutation(postV1CardsByNumberCheckMutation());
  const errors = fieldErrors(check.error);
  const chosen = product || card.can_fuel_now?.product || products[0]?.code || '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const amount = parseAmount(quantity, 3);
    setWrongQuantity(amount === null);
    if (amount === null) return;
    check.mutate({
      path: { number: card.number },
      body: { product: chosen, quantity: amount, ...(station && { station_code: station }) },
    });
  };

  return (
    <Panel title={t('check.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <NativeSelect
            label={t('check.product')}
            value={chosen}
            onChange={(event) => setProduct(event.currentTarget.value)}
            data={products.map(({ code, name }) => ({ value: code, label: name }))}
            error={errors.product}
          />
          <TextInput
            label={t('check.quantity')}
            inputMode="decimal"
            value={quantity}
            onChange={(event) => setQuantity(event.currentTarget.value)}
            error={wrongQuantity ? t('field.quantity') : errors.quantity}
          />
          <NativeSelect
            label={t('check.station')}
            value={station}
            onChange={(event) => setStation(event.currentTarget.value)}
            data={[
              { value: '', label: t('check.anyStation') },
              ...(stations?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
            ]}
            error={errors.station_code}
          />
          <Button type="submit" variant="light" loading={check.isPending} disabled={chosen === ''}>
            {t('check.ask')}
          </Button>
          <div role="status">
            {check.isSuccess && <CheckResult answer={check.data} product={check.variables.body.product} />}
          </div>
          {check.isError && Object.keys(errors).length === 0 && (
            <Note tone="refused" urgent>
              {say(check.error)}
            </Note>
          )}
        </Stack>
      </form>
    </Panel>
  );
}
