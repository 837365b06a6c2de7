import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSource } from '@/source/source';

const CARDS_READ = 100;

/** What the company calls its cards, by number; a card without a name, or beyond the first hundred, has none. */
export function useCardNames(enabled: boolean): Map<string, string> {
  const source = useSource();
  const { data } = useQuery({ ...source.cards({ limit: CARDS_READ }), staleTime: 60_000, enabled });
  return useMemo(
    () => new Map((data?.items ?? []).filter((card) => card.label !== '').map((card) => [card.number, card.label])),
    [data],
  );
}
