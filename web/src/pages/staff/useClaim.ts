import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { getV1StaffRecovery } from '@/api/sdk.gen';
import type { Claim } from '@/model';

/** Pages of each list that are looked through for one claim. */
const PAGES_MAX = 20;
const AGAIN_MS = 15_000;

const keyOf = (id: string) => ['claim', id] as const;

/** One claim, found in the desk's lists; `null` where there is none. */
export function useClaim(id: string) {
  return useQuery({ queryKey: keyOf(id), queryFn: () => find(id), refetchInterval: AGAIN_MS });
}

/** Takes what a decision answered with, and lets all else be read again. */
export function useClaimDecided() {
  const queryClient = useQueryClient();
  return useCallback(
    (claim: Claim) => {
      queryClient.setQueryData(keyOf(claim.id), claim);
      void queryClient.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind !== 'claim' });
    },
    [queryClient],
  );
}

/** Looks through the open ones, then the closed ones, page by page. */
async function find(id: string, state: 'open' | 'closed' = 'open', cursor?: string, left = PAGES_MAX): Promise<Claim | null> {
  const { data } = await getV1StaffRecovery({ query: { state, limit: 100, cursor }, throwOnError: true });
  const found = data.items.find((claim) => claim.id === id);
  if (found) return found;
  if (data.next_cursor && left > 1) return find(id, state, data.next_cursor, left - 1);
  return state === 'open' ? find(id, 'closed') : null;
}
