import type { Locale } from './amounts';

/** The region's own zone: OKTAN's people see it. A company's people see their company's, where its days turn. */
export const HOUSE_ZONE = 'Europe/Moscow';

const TAGS: Record<Locale, string> = { ru: 'ru-RU', en: 'en-GB' };
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + timeZone + JSON.stringify(options);
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(TAGS[locale], { timeZone, ...options });
  cache.set(key, made);
  return made;
}

/** `22.11.2026, 14:05` */
export function dateTime(instant: string, locale: Locale, zone: string): string {
  return formatter(locale, zone, {
    day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit',
  }).format(new Date(instant));
}

/** `14:05:09`, for the steps of one operation's life. */
export function timeWithSeconds(instant: string, locale: Locale, zone: string): string {
  return formatter(locale, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(instant));
}

export function time(instant: string, locale: Locale, zone: string): string {
  return formatter(locale, zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/** A calendar date (`2027-03-31`) or an instant as `31.03.2027`. */
export function date(value: string, locale: Locale, zone: string): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return formatter(locale, plain ? 'UTC' : zone, { day: '2-digit', month: '2-digit', year: 'numeric' }).format(
    new Date(plain ? `${value}T00:00:00Z` : value),
  );
}

/** `22 ноября`: the heading of a day in a list. */
export function longDay(instant: string, locale: Locale, zone: string): string {
  return formatter(locale, zone, { day: 'numeric', month: 'long' }).format(new Date(instant));
}

/** The instant's calendar date in the zone, `2026-11-22`. */
export function calendarDate(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant);
}

/** The short name of an ISO weekday, 1 is Monday. */
export function weekdayName(weekday: number, locale: Locale): string {
  // 2024-01-01 was a Monday.
  return formatter(locale, 'UTC', { weekday: 'short' }).format(new Date(Date.UTC(2024, 0, weekday)));
}
