import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postV1StaffStationsMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import classes from './StationsPage.module.css';

export const AMENITIES = ['cafe', 'shop', 'wash', 'wifi', '24h'] as const;

const EMPTY = {
  code: '',
  name: '',
  address: '',
  latitude: '',
  longitude: '',
  amenities: [] as (typeof AMENITIES)[number][],
  fuels: {} as Record<string, string>,
};

/** A coordinate in degrees, as a JSON number; a place is not money. */
export function degrees(typed: string, most: number): number | null {
  const value = Number(typed.trim().replace(',', '.'));
  return typed.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? value : null;
}

export function NewStationButton() {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const { items: products } = useProducts();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const filled = (value: string) => (value.trim() === '' ? t('field.required') : null);
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      code: filled,
      name: filled,
      address: filled,
      latitude: (value) => (degrees(value, 90) === null ? t('field.degrees') : null),
      longitude: (value) => (degrees(value, 180) === null ? t('field.degrees') : null),
    },
  });
  const create = useMutation({
    ...postV1StaffStationsMutation(),
    onSuccess: (station) => {
      toastDone(t('station.created', { code: station.code }));
      dialog.close();
      form.reset();
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => queryClient.invalidateQueries(),
  });

  const submit = form.onSubmit(({ latitude, longitude, fuels, ...rest }) => {
    const prices = Object.entries(fuels)
      .filter(([, price]) => price.trim() !== '')
      .map(([code, price]) => [code, parseAmount(price, 2)] as const);
    const wrong = prices.filter(([, price]) => price === null);
    form.setErrors(Object.fromEntries(wrong.map(([code]) => [`fuels.${code}`, t('field.amount')])));
    if (wrong.length > 0) return;
    create.mutate({
      body: {
        ...rest,
        latitude: degrees(latitude, 90) ?? 0,
        longitude: degrees(longitude, 180) ?? 0,
        fuels: Object.fromEntries(prices) as Record<string, string>,
      },
    });
  });

  return (
    <>
      <Button leftSection={<IconPlus size={18} />} onClick={dialog.open}>
        {t('station.new')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} size="lg" title={t('station.new')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {create.isError && Object.keys(fieldErrors(create.error)).length === 0 && (
              <Note tone="refused" urgent>
                {say(create.error)}
              </Note>
            )}
            <div className={classes.fields}>
              <TextInput label={t('station.code')} {...form.getInputProps('code')} data-autofocus />
              <TextInput label={t('station.name')} {...form.getInputProps('name')} />
              <TextInput label={t('station.address')} className={classes.wide} {...form.getInputProps('address')} />
              <TextInput label={t('station.latitude')} inputMode="decimal" {...form.getInputProps('latitude')} />
              <TextInput label={t('station.longitude')} inputMode="decimal" {...form.getInputProps('longitude')} />
            </div>
            <Checkbox.Group label={t('station.amenities')} {...form.getInputProps('amenities')}>
              <Group mt="xs">
                {AMENITIES.map((amenity) => (
                  <Checkbox key={amenity} value={amenity} label={t(`amenity.${amenity}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            <div>
              <p>{t('station.prices')}</p>
              <p className="muted">{t('station.pricesNote')}</p>
            </div>
            <div className={classes.fields}>
              {products.map(({ code, name }) => (
                <TextInput key={code} size="sm" label={name} inputMode="decimal" {...form.getInputProps(`fuels.${code}`)} value={form.values.fuels[code] ?? ''} />
              ))}
            </div>
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('station.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
