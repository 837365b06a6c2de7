import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isStale } from '@/http/refused';
import { usePlanSource } from '@/source/plan';

/**
 * The edition that a form was opened on; polling moves the budget's on under it. When somebody else was quicker the form
 * says so, and a second press saves over theirs knowingly.
 */
export function useBase(edition: string) {
  const queryClient = useQueryClient();
  const source = usePlanSource();
  const [base, setBase] = useState(edition);
  const onError = async (error: unknown) => {
    if (isStale(error)) setBase((await queryClient.fetchQuery({ ...source.budget(), staleTime: 0 })).edition);
  };
  return { base, setBase, onError };
}
