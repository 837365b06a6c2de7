import { useCallback } from 'react';
import { useMaybe, useT } from '@/i18n/message';

/** Why a card of many was not changed, in words. */
export function useBulkWords() {
  const t = useT();
  const maybe = useMaybe();
  return useCallback(
    (code: string) => maybe(`bulkCode.${code}`) ?? maybe(`problem.${code}`) ?? t('problem.unexpected'),
    [maybe, t],
  );
}
