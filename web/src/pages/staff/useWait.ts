import { useCallback } from 'react';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';

const MINUTE_MS = 60_000;

/** How long something has waited, until now unless said, in the largest unit that says it. */
export function useWait(): (since: string, until?: string) => string {
  const t = useT();
  return useCallback(
    (since, until) => {
      const end = until === undefined ? serverClock.now() : Date.parse(until);
      const minutes = Math.max(0, Math.floor((end - Date.parse(since)) / MINUTE_MS));
      const hours = Math.floor(minutes / 60);
      if (hours >= 48) return t('desk.waitDays', { days: Math.floor(hours / 24) });
      return hours > 0 ? t('desk.waitHours', { hours }) : t('desk.waitMinutes', { minutes });
    },
    [t],
  );
}
