import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CardRow } from '@/model';
import type { CardFilters } from '@/search';
import { type Reading, useSource } from '@/source/source';

const PAGE = 100;

interface Progress {
  signal?: AbortSignal;
  tell?: (read: number) => void;
}

/** Every card that the filters find, page after page. */
export async function readAll(reading: Reading, filters: CardFilters, { signal, tell }: Progress = {}): Promise<CardRow[]> {
  const cards: CardRow[] = [];
  let cursor: string | undefined;
  do {
    // A page is named by the one before it.
    // oxlint-disable-next-line no-await-in-loop
    const { data } = await reading.cards({ ...filters, limit: PAGE, cursor }, signal ?? new AbortController().signal);
    cards.push(...data.items);
    tell?.(cards.length);
    cursor = data.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return cards;
}

/** Every card of the company, read page by page; `read` is how many have come so far. */
export function useAllCards(enabled: boolean) {
  const { reading } = useSource();
  const [read, setRead] = useState(0);
  const queryClient = useQueryClient();
  const queryKey = ['all cards', reading.whose];
  const query = useQuery({
    queryKey,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => readAll(reading, {}, { signal, tell: setRead }),
  });
  return { ...query, read, forget: () => queryClient.removeQueries({ queryKey }) };
}
