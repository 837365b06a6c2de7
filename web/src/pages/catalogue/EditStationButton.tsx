import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getV1StaffStationsByCodeQueryKey, patchV1StaffStationsByCodeMutation } from '@/api/@tanstack/react-query.gen';
import { getV1StaffStationsByCode } from '@/api/sdk.gen';
import type { StationEditAsk, StationView } from '@/api/types.gen';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { AMENITIES, degrees } from '@/pages/staff/NewStationButton';
import classes from '@/pages/staff/StationsPage.module.css';
import { ActDialog } from '@/ui/ActDialog';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';

/** Changes what is said of a station; its prices have a page of their own. */
export function EditStationButton({ code }: { code: string }) {
  const t = useT();
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={dialog.open}
        aria-label={t('station.editNamed', { code })}
      >
        {t('station.edit')}
      </Button>
      {opened && <Edit code={code} onClose={dialog.close} />}
    </>
  );
}

function Edit({ code, onClose }: { code: string; onClose: () => void }) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Partial<Fields>>({});
  // Read once: what others change while the window is open is met by the edition.
  const { data, error, refetch } = useQuery({
    queryKey: [...getV1StaffStationsByCodeQueryKey({ path: { code } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const answer = await getV1StaffStationsByCode({ path: { code }, signal, throwOnError: true });
      return { station: answer.data, edition: answer.response.headers.get('ETag') ?? '' };
    },
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  const save = useMutation({
    ...patchV1StaffStationsByCodeMutation(),
    onSuccess: () => {
      toastDone(t('common.saved'));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const errors = fieldErrors(save.error);
  const fields = data && { ...fieldsOf(data.station), ...draft };
  const set = (changed: Partial<Fields>) => setDraft({ ...draft, ...changed });
  const [latitude, longitude] = [degrees(fields?.latitude ?? '', 90), degrees(fields?.longitude ?? '', 180)];
  const placed = latitude !== null && longitude !== null;
  const stale = isStale(save.error);

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('station.editNamed', { code })}
      submit={t('common.save')}
      onSubmit={() => {
        if (!data || !fields || !placed) return;
        const body: StationEditAsk = { ...fields, latitude, longitude };
        save.mutate({ path: { code }, headers: { 'If-Match': data.edition }, body });
      }}
      act={save}
      marked={!stale && Object.keys(errors).length > 0}
      disabled={!fields || !placed}
    >
      {fields ? (
        <>
          <TextInput label={t('station.name')} value={fields.name} error={errors.name} onChange={(event) => set({ name: event.currentTarget.value })} data-autofocus />
          <TextInput label={t('station.address')} value={fields.address} error={errors.address} onChange={(event) => set({ address: event.currentTarget.value })} />
          <TextInput
            label={t('station.hours')}
            description={t('station.hoursNote')}
            value={fields.hours}
            error={errors.hours}
            onChange={(event) => set({ hours: event.currentTarget.value })}
          />
          <div className={classes.fields}>
            <TextInput
              label={t('station.latitude')}
              inputMode="decimal"
              value={fields.latitude}
              error={latitude === null ? t('field.degrees') : errors.latitude}
              onChange={(event) => set({ latitude: event.currentTarget.value })}
            />
            <TextInput
              label={t('station.longitude')}
              inputMode="decimal"
              value={fields.longitude}
              error={longitude === null ? t('field.degrees') : errors.longitude}
              onChange={(event) => set({ longitude: event.currentTarget.value })}
            />
          </div>
          <Checkbox.Group
            label={t('station.amenities')}
            value={fields.amenities}
            onChange={(chosen) => set({ amenities: AMENITIES.filter((amenity) => chosen.includes(amenity)) })}
          >
            <Group mt="xs">
              {AMENITIES.map((amenity) => (
                <Checkbox key={amenity} value={amenity} label={t(`amenity.${amenity}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Checkbox
            label={t('station.closed')}
            description={t('station.closedNote')}
            checked={fields.closed}
            onChange={(event) => set({ closed: event.currentTarget.checked })}
          />
        </>
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading words={t('station.loading')} />
      )}
    </ActDialog>
  );
}

interface Fields {
  name: string;
  address: string;
  hours: string;
  latitude: string;
  longitude: string;
  amenities: StationView['amenities'];
  closed: boolean;
}

const fieldsOf = ({ name, address, hours, latitude, longitude, amenities, closed }: StationView): Fields => ({
  name, address, hours, amenities, closed, latitude: String(latitude), longitude: String(longitude),
});
