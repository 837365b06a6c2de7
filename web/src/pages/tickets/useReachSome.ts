import { useEffect } from 'react';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** Reads on while no row has come: what is looked for may stand on a later page. Whether it is still reading. */
export function useReachSome(list: Pages, rows: unknown[] | undefined): boolean {
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const seeking = rows?.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    if (seeking && !isFetchingNextPage) void fetchNextPage();
  }, [seeking, isFetchingNextPage, fetchNextPage]);
  return seeking;
}
