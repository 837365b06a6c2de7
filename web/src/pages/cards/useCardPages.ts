import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CardFilters } from '@/search';
import { useSource } from '@/source/source';

/** The cards found, as many pages of them as were opened. */
export function useCardPages(filters: CardFilters) {
  const source = useSource();
  const list = useInfiniteQuery(source.cardPages(filters));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return { list, rows };
}
