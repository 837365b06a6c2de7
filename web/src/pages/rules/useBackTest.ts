import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1CardsByNumberLimitsBacktest } from '@/api/sdk.gen';
import type { BackTest, RulesAsk } from '@/model';
import type { Days } from './backTest';

const WAIT_MS = 400;
const FRESH_MS = 60_000;

/**
 * Tries rules on the card's past once typing rests; null asks nothing. What came last stays until the next answer,
 * marked as old.
 */
export function useBackTest(number: string, rules: RulesAsk | null, days: Days) {
  const typed = rules && JSON.stringify(rules);
  const [asked] = useDebouncedValue(typed, WAIT_MS);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['backtest', number, days, asked],
    queryFn: async ({ signal }) => {
      const body = { ...(JSON.parse(asked ?? '') as RulesAsk), days };
      return (await postV1CardsByNumberLimitsBacktest({ path: { number }, body, signal, throwOnError: true })).data;
    },
    enabled: asked !== null,
    staleTime: FRESH_MS,
  });
  const [last, setLast] = useState<BackTest>();
  if (data && data !== last) setLast(data);
  const waiting = typed !== null && (typed !== asked || isFetching);
  return {
    found: data ?? last,
    old: waiting || typed === null || !data,
    waiting,
    error: waiting || typed === null ? null : error,
    again: () => void refetch(),
  };
}
