import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { getV1StaffRequisites, putV1StaffRequisites } from '@/api/sdk.gen';
import type { SellerAsk } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { CloseMonthButton } from './CloseMonthButton';

const FIELDS = [
  'name', 'inn', 'kpp', 'ogrn', 'address', 'phone', 'bank', 'bic', 'account', 'correspondent', 'director', 'accountant',
] as const;
type Form = Record<(typeof FIELDS)[number], string>;

const KEY = ['requisites'];

/** What documents say of the seller, and the closing of months. */
export function RequisitesPage() {
  const t = useT();
  const read = useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const { data, response } = await getV1StaffRequisites({ throwOnError: true });
      return { seller: data.seller, etag: response.headers.get('etag') ?? '"0"' };
    },
  });
  return (
    <>
      <PageHead title={t('frame.requisites')} note={t('requisites.note')} actions={<CloseMonthButton />} />
      <Panel>
        {read.data ? (
          <Requisites key={read.data.etag} seller={read.data.seller} etag={read.data.etag} />
        ) : read.isError ? (
          <Failed error={read.error} again={() => void read.refetch()} />
        ) : (
          <Loading words={t('requisites.loading')} lines={8} />
        )}
      </Panel>
    </>
  );
}

function Requisites({ seller, etag }: { seller: SellerAsk | null; etag: string }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const kept = Object.fromEntries(FIELDS.map((field) => [field, seller?.[field] ?? ''])) as Form;
  const [form, setForm] = useState(kept);
  const changed = FIELDS.some((field) => form[field] !== kept[field]);
  const save = useMutation({
    mutationFn: ({ kpp, ...rest }: Form) =>
      putV1StaffRequisites({ headers: { 'If-Match': etag }, body: { ...rest, ...(kpp.trim() && { kpp: kpp.trim() }) }, throwOnError: true }),
    onSuccess: () => toastDone(t('common.saved')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  useUnsaved(changed && !save.isSuccess);
  const errors = fieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(form);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {!seller && <Note tone="attention">{t('requisites.none')}</Note>}
        {save.isError && Object.keys(errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(save.error)}
          </Note>
        )}
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`requisites.${field}`)}
            value={form[field]}
            error={errors[field]}
            onChange={(event) => setForm({ ...form, [field]: event.currentTarget.value })}
          />
        ))}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!changed}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
