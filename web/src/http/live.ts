import { LIVE_MS } from './setup';

/** The settings of a list that is read page by page and kept live: the more pages are open, the rarer it asks. */
export const livePages = {
  initialPageParam: {},
  getNextPageParam: (last: { next_cursor?: string | null }) => last.next_cursor ?? undefined,
  refetchInterval: (query: { state: { data?: { pages: unknown[] } } }) =>
    LIVE_MS * Math.max(1, query.state.data?.pages.length ?? 1),
};
