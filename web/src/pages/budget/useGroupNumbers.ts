import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { usePlanSource } from '@/source/plan';

/** The cards of a group that can have a share, or with `every` all of them; undefined until all have been read. */
export function useGroupNumbers(group: string | null, every: boolean): { numbers: string[] | undefined } {
  const needed = group !== null || every;
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({ ...usePlanSource().lines(), enabled: needed });
  useEffect(() => {
    if (needed && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [needed, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const numbers = useMemo(() => {
    if (!needed || !data || hasNextPage) return undefined;
    const lines = data.pages.flatMap((page) => page.items);
    return lines.filter((line) => group === null || line.group === group).map(({ number }) => number);
  }, [needed, data, hasNextPage, group]);
  return { numbers };
}
