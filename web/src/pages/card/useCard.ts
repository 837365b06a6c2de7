import { queryOptions } from '@tanstack/react-query';
import { getV1CardsByNumberLimitsQueryKey, getV1CardsByNumberQueryKey } from '@/api/@tanstack/react-query.gen';
import { getV1CardsByNumber, getV1CardsByNumberLimits } from '@/api/sdk.gen';
import { LIVE_MS } from '@/http/setup';

/**
 * A card and its rules are read with their edition (ETag), which a change must name (If-Match). The generated
 * queries give the body alone, so these two keep the header beside it.
 */
export const cardQuery = (number: string) =>
  queryOptions({
    queryKey: [...getV1CardsByNumberQueryKey({ path: { number } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1CardsByNumber({ path: { number }, signal, throwOnError: true });
      return { card: data, edition: response.headers.get('ETag') ?? '' };
    },
    refetchInterval: LIVE_MS,
  });

export const rulesQuery = (number: string) =>
  queryOptions({
    queryKey: [...getV1CardsByNumberLimitsQueryKey({ path: { number } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1CardsByNumberLimits({ path: { number }, signal, throwOnError: true });
      return { rules: data, edition: response.headers.get('ETag') ?? '' };
    },
    refetchInterval: LIVE_MS,
  });
