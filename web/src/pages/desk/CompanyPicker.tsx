import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getV1StaffCompaniesByIdOptions, getV1StaffCompaniesOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import { FindSelect } from '@/ui/FindSelect';

const READ = 30;

/** A company, found by a part of its name or its INN; its id, or nothing for any. */
export function CompanyPicker({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const t = useT();
  const [q, setQ] = useState('');
  const found = useQuery(getV1StaffCompaniesOptions({ query: { limit: READ, ...(q && { q }) } }));
  const chosen = useQuery({ ...getV1StaffCompaniesByIdOptions({ path: { id: value ?? '' } }), enabled: value !== undefined, retry: false });
  const others = (found.data?.items ?? []).filter(({ id }) => id !== value);
  const companies = value ? [{ id: value, name: chosen.data?.name ?? value, inn: chosen.data?.inn ?? '' }, ...others] : others;
  return (
    <FindSelect
      bare
      label={t('queue.company')}
      placeholder={t('queue.companyFind')}
      none={t('queue.companyNone')}
      choices={companies.map(({ id, name, inn }) => ({ value: id, label: name, more: inn }))}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      onSearch={setQ}
      clearable
    />
  );
}
