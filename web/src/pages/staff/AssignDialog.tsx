import { Radio, Stack } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getV1StaffCompaniesOptions, postV1StaffPaymentsUnmatchedByIdAssignMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { isRefused } from '@/http/refused';
import type { Alike } from '@/api';
import type { Company } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { SearchField } from '@/ui/SearchField';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import type { UnmatchedPayment } from './UnmatchedPage';

const SHOWN = 8;

/**
 * Says whose a payment is. The search begins with what the document tells of the payer. Where the company has a payment with the
 * same document, it is asked whether it is that one.
 */
export function AssignDialog({ payment, onClose }: { payment: UnmatchedPayment; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [q, setQ] = useState<string | undefined>(payment.payer_inn ?? undefined);
  const [chosen, setChosen] = useState<Company | null>(null);
  const [alike, setAlike] = useState<Alike | undefined>();
  const found = useQuery({ ...getV1StaffCompaniesOptions({ query: { q, limit: SHOWN } }), placeholderData: keepPreviousData });
  const assign = useMutation({
    ...postV1StaffPaymentsUnmatchedByIdAssignMutation(),
    onSuccess: (entry) => {
      toastDone(t(alike === 'same' ? 'unmatched.settled' : 'unmatched.done', { amount: format.roubles(entry.amount), name: chosen?.name ?? '' }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const companies = found.data?.items ?? [];
  const known = isRefused(assign.error, 'payment_known') || alike !== undefined;
  const choose = (id: string) => {
    assign.reset();
    setAlike(undefined);
    setChosen(companies.find((company) => company.id === id) ?? null);
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('unmatched.assignTitle')}
      submit={t(alike === 'same' ? 'unmatched.settle' : 'unmatched.post')}
      onSubmit={() => chosen && assign.mutate({ path: { id: payment.id }, body: { company_id: chosen.id, alike } })}
      act={assign}
      disabled={!chosen || (known && !alike)}
    >
      <p>
        {payment.payer_name}, {format.roubles(payment.amount)}
        {payment.purpose && ` — ${payment.purpose}`}
      </p>
      <SearchField label={t('unmatched.search')} value={q} onChange={setQ} />
      {found.isError && <Failed error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Loading words={t('unmatched.searching')} lines={3} />}
      {found.isSuccess && companies.length === 0 && <p role="status">{t('unmatched.nobody')}</p>}
      <Radio.Group
        aria-label={t('staff.company')}
        value={chosen?.id ?? ''}
        onChange={choose}
      >
        <Stack gap="xs">
          {companies.map((company) => (
            <Radio
              key={company.id}
              value={company.id}
              label={company.name}
              description={`${t('staff.innValue', { inn: company.inn })} · ${company.contract_number}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      {known && (
        <Radio.Group label={t('unmatched.alike')} value={alike ?? ''} onChange={(value) => setAlike(value as Alike)}>
          <Stack gap="xs" mt="xs">
            <Radio value="same" label={t('unmatched.same')} description={t('unmatched.sameNote')} />
            <Radio value="another" label={t('unmatched.other')} description={t('unmatched.otherNote')} />
          </Stack>
        </Radio.Group>
      )}
    </ActDialog>
  );
}
