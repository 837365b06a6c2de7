import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { useSource } from '@/source/source';
import type { Purse } from './TransferDialog';

const READ = 100;

interface PursePickerProps {
  label: string;
  value: Purse | null;
  /** The card on the other side. */
  not?: string;
  onChange: (purse: Purse | null) => void;
  error?: string;
}

/** One of the company's purse cards, found by a part of its name or number. */
export function PursePicker({ label, value, not, onChange, error }: PursePickerProps) {
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 250);
  const chosen = value && wordsOf(value);
  const { data } = useQuery(useSource().cards({ limit: READ, ...(q && q !== chosen && { q }) }));
  const purses = (data?.items ?? []).filter((card) => card.funding === 'purse' && card.status !== 'closed' && card.number !== not);
  const options = value && !purses.some(({ number }) => number === value.number) ? [value, ...purses] : purses;
  return (
    <Select
      size="md"
      searchable
      label={label}
      placeholder={t('purse.find')}
      data={options.map((purse) => ({ value: purse.number, label: wordsOf(purse) }))}
      // The server has found them already.
      filter={({ options: found }) => found}
      renderOption={({ option }) => {
        const purse = options.find(({ number }) => number === option.value);
        return purse ? `${option.label} · ${format.roubles(purse.purse)}` : option.label;
      }}
      nothingFoundMessage={t('purse.none')}
      comboboxProps={{ withinPortal: false }}
      value={value?.number ?? null}
      onChange={(number) => onChange(options.find((purse) => purse.number === number) ?? null)}
      searchValue={typed}
      onSearchChange={setTyped}
      error={error}
    />
  );
}

const wordsOf = (purse: Purse) => purse.label || groupedNumber(purse.number);
