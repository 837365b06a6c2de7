import type { Locale } from '@/format/amounts';

/** `2026-11-01` as «ноябрь 2026 г.» */
export const monthName = (first: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${first}T00:00:00Z`),
  );
