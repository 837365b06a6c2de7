import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useLocale } from '@/i18n/locale';
import { getV1ProductsOptions } from '@/api/@tanstack/react-query.gen';
import * as amounts from './amounts';
import * as dates from './dates';
import { sessionQuery, zoneOf } from '@/session/session';

/** The formatters bound to the reader's language and to the zone of who is signed in. */
export function useFormat() {
  const { locale } = useLocale();
  // Only looked at: the pages behind sign-in keep it fresh, the public ones have none.
  const { data: session } = useQuery({ ...sessionQuery, enabled: false });
  const zone = zoneOf(session);
  return useMemo(
    () => ({
      locale,
      roubles: (value: string, signed = false) => amounts.roubles(value, locale, signed),
      wholeRoubles: (value: bigint) => amounts.wholeRoubles(value, locale),
      quantity: (value: string, unit: amounts.Unit) => amounts.quantity(value, unit, locale),
      count: (value: string | number) => amounts.count(value, locale),
      editable: (value: string) => amounts.editable(value, locale),
      dateTime: (instant: string) => dates.dateTime(instant, locale, zone),
      time: (instant: string) => dates.time(instant, locale, zone),
      timeWithSeconds: (instant: string) => dates.timeWithSeconds(instant, locale, zone),
      date: (value: string) => dates.date(value, locale, zone),
      longDay: (instant: string) => dates.longDay(instant, locale, zone),
      month: (value: string) => dates.month(value, locale),
      days: (from: string, to: string) => dates.days(from, to, locale),
      shortDay: (day: string) => dates.shortDay(day, locale),
      shortMonth: (day: string) => dates.shortMonth(day, locale),
      calendarDate: (instant: string) => dates.calendarDate(new Date(instant), zone),
      weekday: (day: number) => dates.weekdayName(day, locale),
    }),
    [locale, zone],
  );
}

/** Names and units of products; a code the list does not know shows as itself, in litres. */
export function useProducts() {
  const { data } = useQuery({ ...getV1ProductsOptions(), staleTime: 10 * 60_000 });
  const items = useMemo(() => data?.items ?? [], [data]);
  const unitOf = useCallback(
    (code: string | null | undefined): amounts.Unit => items.find((product) => product.code === code)?.unit ?? 'litre',
    [items],
  );
  const nameOf = useCallback((code: string) => items.find((product) => product.code === code)?.name ?? code, [items]);
  return { items, unitOf, nameOf };
}
