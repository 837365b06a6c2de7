import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getV1StaffCompaniesByIdOptions, getV1StaffCompaniesOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';

const SHOWN = 20;

interface CompaniesFieldProps {
  value: string[];
  error?: string;
  onChange: (ids: string[]) => void;
}

/** Companies, found by name, INN or contract; none chosen are all of them. */
export function CompaniesField({ value, error, onChange }: CompaniesFieldProps) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 250);
  const { data: found } = useQuery({
    ...getV1StaffCompaniesOptions({ query: { q: q || undefined, limit: SHOWN } }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQueries({
    queries: value.map((id) => ({ ...getV1StaffCompaniesByIdOptions({ path: { id } }), staleTime: 10 * 60_000 })),
  });
  const known = new Map(value.map((id, at) => [id, chosen[at]?.data?.name ?? id]));
  for (const { id, name, inn } of found?.items ?? []) if (!known.has(id)) known.set(id, t('promotions.company', { name, inn }));
  return (
    <MultiSelect
      label={t('promotions.forWhom')}
      placeholder={value.length === 0 ? t('promotions.all') : undefined}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('promotions.clear', { what: t('promotions.forWhom') }) }}
      // The server has found them already.
      filter={({ options }) => options}
      nothingFoundMessage={t('frame.nothingFound')}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      error={error}
      onChange={onChange}
      data={[...known].map(([id, label]) => ({ value: id, label }))}
    />
  );
}
