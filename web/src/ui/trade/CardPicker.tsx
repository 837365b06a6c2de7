import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useSource } from '@/source/source';
import { FindSelect } from '@/ui/FindSelect';

const READ = 50;

interface CardPickerProps {
  label: string;
  /** A card's number. */
  value: string | null;
  onChange: (number: string | null) => void;
  error?: string;
}

/** One of the company's cards or none, found by a part of its name or number. */
export function CardPicker({ label, value, onChange, error }: CardPickerProps) {
  const t = useT();
  const source = useSource();
  const [q, setQ] = useState('');
  const found = useQuery(source.cards({ limit: READ, ...(q && { q }) }));
  // The chosen one may be none of those found, or have come with the page's address.
  const chosen = useQuery({ ...source.cards({ limit: 1, q: value ?? '' }), enabled: value !== null, staleTime: 60_000 });
  const cards = unique([...(chosen.data?.items ?? []).filter(({ number }) => number === value), ...(found.data?.items ?? [])]);
  const choices = cards.map(({ number, label: name }) =>
    name ? { value: number, label: name, more: groupedNumber(number) } : { value: number, label: groupedNumber(number) },
  );
  if (value !== null && !cards.some(({ number }) => number === value)) choices.unshift({ value, label: groupedNumber(value) });
  return (
    <FindSelect
      label={label}
      placeholder={t('tickets.cardFind')}
      none={t('tickets.cardNone')}
      choices={choices}
      value={value}
      onChange={onChange}
      onSearch={setQ}
      clearable
      error={error}
    />
  );
}

const unique = (cards: CardRow[]) => [...new Map(cards.map((card) => [card.number, card])).values()];
