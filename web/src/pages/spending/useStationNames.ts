import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getV1StationsOptions } from '@/api/@tanstack/react-query.gen';

/** What stations are called, by code. */
export function useStationNames(enabled: boolean): Map<string, string> {
  const { data } = useQuery({ ...getV1StationsOptions(), staleTime: 10 * 60_000, enabled });
  return useMemo(() => new Map((data?.items ?? []).map(({ code, name }) => [code, name])), [data]);
}
