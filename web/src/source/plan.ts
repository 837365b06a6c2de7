import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { use } from 'react';
import {
  getV1Budget, getV1BudgetLines, getV1Exceptions, getV1StaffCompaniesByIdBudget, getV1StaffCompaniesByIdBudgetLines,
  getV1StaffCompaniesByIdExceptions,
} from '@/api/sdk.gen';
import type { GetV1BudgetLinesData, GetV1ExceptionsData } from '@/api/types.gen';
import { LIVE_MS } from '@/http/setup';
import { own, ReadingContext } from './source';

const PAGE = 100;

/** What a company's budget says, to its own people and to the desk. Apart from `source`: the first pages have no use for it. */
export function usePlanSource() {
  const { whose } = use(ReadingContext);
  const path = whose === own.whose ? null : { id: whose };
  const readLines = (query: GetV1BudgetLinesData['query'], signal: AbortSignal) =>
    path
      ? getV1StaffCompaniesByIdBudgetLines({ path, query, signal, throwOnError: true })
      : getV1BudgetLines({ query, signal, throwOnError: true });
  const readExceptions = (query: GetV1ExceptionsData['query'], signal: AbortSignal) =>
    path
      ? getV1StaffCompaniesByIdExceptions({ path, query, signal, throwOnError: true })
      : getV1Exceptions({ query, signal, throwOnError: true });
  return {
    /** The plan with its edition, which a change must name. */
    budget: () =>
      queryOptions({
        queryKey: ['budget', whose],
        queryFn: async ({ signal }) => {
          const asked = path
            ? getV1StaffCompaniesByIdBudget({ path, signal, throwOnError: true })
            : getV1Budget({ signal, throwOnError: true });
          const { data, response } = await asked;
          return { budget: data, edition: response.headers.get('ETag') ?? '' };
        },
        refetchInterval: LIVE_MS * 2,
      }),
    /** Every card that can have a share. */
    lines: () =>
      infiniteQueryOptions({
        queryKey: ['budget', whose, 'lines'],
        initialPageParam: undefined as string | undefined,
        queryFn: async ({ pageParam, signal }) => (await readLines({ all: true, limit: PAGE, cursor: pageParam }, signal)).data,
        getNextPageParam: (last) => last.next_cursor ?? undefined,
        refetchInterval: ({ state }) => LIVE_MS * 2 * Math.max(1, state.data?.pages.length ?? 1),
      }),
    /** One card's share; null where it cannot have one. */
    line: (number: string) =>
      queryOptions({
        queryKey: ['budget', whose, 'line', number],
        queryFn: async ({ signal }) => (await readLines({ all: true, number }, signal)).data.items[0] ?? null,
      }),
    exceptions: () =>
      infiniteQueryOptions({
        queryKey: ['exceptions', whose],
        initialPageParam: undefined as string | undefined,
        queryFn: async ({ pageParam, signal }) => (await readExceptions({ limit: PAGE, cursor: pageParam }, signal)).data,
        getNextPageParam: (last) => last.next_cursor ?? undefined,
        refetchInterval: ({ state }) => LIVE_MS * Math.max(1, state.data?.pages.length ?? 1),
      }),
  };
}
