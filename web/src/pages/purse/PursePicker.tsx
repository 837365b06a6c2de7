import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { useSource } from '@/source/source';
import { FindSelect } from '@/ui/FindSelect';
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
  const [q, setQ] = useState('');
  const { data } = useQuery(useSource().cards({ limit: READ, ...(q && { q }) }));
  const purses = (data?.items ?? []).filter((card) => card.funding === 'purse' && card.status !== 'closed' && card.number !== not);
  const options = value && !purses.some(({ number }) => number === value.number) ? [value, ...purses] : purses;
  return (
    <FindSelect
      label={label}
      placeholder={t('purse.find')}
      none={t('purse.none')}
      choices={options.map((purse) => ({
        value: purse.number,
        label: purse.label || groupedNumber(purse.number),
        more: format.roubles(purse.purse),
      }))}
      value={value?.number ?? null}
      onChange={(number) => onChange(options.find((purse) => purse.number === number) ?? null)}
      onSearch={setQ}
      error={error}
    />
  );
}
