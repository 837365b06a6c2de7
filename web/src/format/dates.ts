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

/** A calendar date as the instant of its beginning in UTC; of a month, of its first day. */
const plain = (day: string) => new Date(`${day.slice(0, 10).padEnd(10, '-01')}T00:00:00Z`);

/** What `Intl` writes of a year must not be torn from it. */
const joined = (text: string) => text.replace(/[ \u202f]г\./, '\u00a0г.');

/** `2026-11`, or a day of it, as «ноябрь 2026 г.» */
export function month(value: string, locale: Locale): string {
  return joined(formatter(locale, 'UTC', { month: 'long', year: 'numeric' }).format(plain(value)));
}

/** Days from one to another as «9–15 ноября 2026 г.»; of one day «9 ноября 2026 г.» */
export function days(from: string, to: string, locale: Locale): string {
  return joined(formatter(locale, 'UTC', { day: 'numeric', month: 'long', year: 'numeric' }).formatRange(plain(from), plain(to)));
}

/** A calendar date where there is little room: `9 нояб.` */
export function shortDay(day: string, locale: Locale): string {
  return formatter(locale, 'UTC', { day: 'numeric', month: 'short' }).format(plain(day));
}

/** A month where there is little room: `нояб.`; January also says of which year. */
export function shortMonth(day: string, locale: Locale): string {
  const january = day.slice(5, 7) === '01';
  const name = formatter(locale, 'UTC', { month: 'short' }).format(plain(day));
  return january ? `${name} ${day.slice(0, 4)}` : name;
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
