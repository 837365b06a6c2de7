import { queryOptions } from '@tanstack/react-query';
import { getV1Journal } from '@/api/sdk.gen';
import { getV1JournalQueryKey } from '@/api/@tanstack/react-query.gen';
import type { ActRow } from '@/model';
import { changedRules, subjectOf } from './acts';

const ROWS = 100;

/** The last act that changed a card's rules, as the journal tells it; `null` when there was none. */
export const lastRulesQuery = (number: string) =>
  queryOptions({
    queryKey: [...getV1JournalQueryKey({ query: { q: number } }), 'last rules'],
    queryFn: async ({ signal }): Promise<ActRow | null> => {
      let cursor: string | undefined;
      do {
        // Each page says where the next begins.
        // oxlint-disable-next-line no-await-in-loop
        const { data } = await getV1Journal({ query: { q: number, limit: ROWS, cursor }, signal, throwOnError: true });
        const found = data.items.find((act) => changedRules(act) && subjectOf(act.subject).name === number);
        if (found) return found;
        cursor = data.next_cursor ?? undefined;
      } while (cursor);
      return null;
    },
    staleTime: 0,
  });
