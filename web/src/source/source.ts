import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { createContext, use } from 'react';
import { getV1Balance, getV1CardGroups, getV1Cards, getV1History, getV1HistoryById } from '@/api/sdk.gen';
import type { GetV1CardsData, GetV1HistoryData } from '@/api/types.gen';
import { LIVE_MS } from '@/http/setup';
import type { Balance, CardRow, Entry, EntryDetails } from '@/model';

export type CardsAsk = NonNullable<GetV1CardsData['query']>;
export type HistoryAsk = NonNullable<GetV1HistoryData['query']>;

export interface PageOf<Row> {
  items: Row[];
  next_cursor: string | null;
}

type Ask<Query, Answer> = (query: Query, signal: AbortSignal) => Promise<{ data: Answer }>;

/** How a company's cards, operations and money are read, and where their pages are. */
export interface Reading {
  /** Tells one company's answers from another's in the cache. */
  whose: string;
  balance: Ask<undefined, Balance>;
  cards: Ask<CardsAsk, PageOf<CardRow>>;
  /** The groups of its cards; how many are in each, where that is told. */
  groups: (signal: AbortSignal) => Promise<{ group: string; cards: number | null }[]>;
  history: Ask<HistoryAsk, PageOf<Entry>>;
  entry: Ask<string, EntryDetails>;
  /** A card's page. */
  toCard: (number: string) => LinkProps;
  toCards: (search?: CardsAsk) => LinkProps;
  toHistory: (search?: HistoryAsk & { entry?: string }) => LinkProps;
}

/** The company's own people, in their cabinet. */
export const own: Reading = {
  whose: 'own',
  balance: (_, signal) => getV1Balance({ signal, throwOnError: true }),
  cards: (query, signal) => getV1Cards({ query, signal, throwOnError: true }),
  groups: async (signal) => (await getV1CardGroups({ signal, throwOnError: true })).data.items,
  history: (query, signal) => getV1History({ query, signal, throwOnError: true }),
  entry: (id, signal) => getV1HistoryById({ path: { id }, signal, throwOnError: true }),
  toCard: (number) => ({ to: '/cards/$number', params: { number } }),
  toCards: (search = {}) => ({ to: '/cards', search }),
  toHistory: (search = {}) => ({ to: '/history', search }),
};

/** Whose cards and operations the page shows: one's own company's, unless the desk says which. */
export const ReadingContext = createContext(own);

/** The questions of a page that a company's people and the desk share. */
export function useSource() {
  const reading = use(ReadingContext);
  const { whose } = reading;
  return {
    reading,
    balance: () =>
      queryOptions({
        queryKey: ['balance', whose],
        queryFn: async ({ signal }) => (await reading.balance(undefined, signal)).data,
      }),
    cards: (query: CardsAsk) =>
      queryOptions({
        queryKey: ['cards', whose, query],
        queryFn: async ({ signal }) => (await reading.cards(query, signal)).data,
      }),
    cardPages: (query: CardsAsk) => infiniteQueryOptions({ queryKey: ['cards', whose, 'pages', query], ...paged(reading.cards, query) }),
    groups: () =>
      queryOptions({ queryKey: ['groups', whose], queryFn: ({ signal }) => reading.groups(signal), staleTime: 60_000 }),
    history: (query: HistoryAsk) =>
      queryOptions({
        queryKey: ['history', whose, query],
        queryFn: async ({ signal }) => (await reading.history(query, signal)).data,
      }),
    historyPages: (query: HistoryAsk) =>
      infiniteQueryOptions({ queryKey: ['history', whose, 'pages', query], ...paged(reading.history, query) }),
    entry: (id: string | undefined) =>
      queryOptions({
        queryKey: ['entry', whose, id],
        queryFn: async ({ signal }) => (await reading.entry(id ?? '', signal)).data,
        enabled: id !== undefined,
      }),
  };
}

/** A list read page by page and kept live: the more pages are open, the rarer it asks. */
const paged = <Query extends { cursor?: string }, Row>(ask: Ask<Query, PageOf<Row>>, query: Query) => ({
  initialPageParam: undefined as string | undefined,
  queryFn: async ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
    (await ask({ ...query, cursor: pageParam }, signal)).data,
  getNextPageParam: (last: PageOf<Row>) => last.next_cursor ?? undefined,
  refetchInterval: (asked: { state: { data?: { pages: unknown[] } } }) =>
    LIVE_MS * Math.max(1, asked.state.data?.pages.length ?? 1),
});
