import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useLocale } from '@/i18n/locale';
import { getV1ProductsOptions } from '@/api/@tanstack/react-query.gen';
import * as amounts from './amounts';
import * as dates from './dates';

/** The formatters bound to the reader's language. */
export function useFormat() {
  const { locale } = useLocale();
  return useMemo(
    () => ({
      locale,
      roubles: (value: string, signed = false) => amounts.roubles(value, locale, signed),
      quantity: (value: string, unit: amounts.Unit) => amounts.quantity(value, unit, locale),
      count: (value: string | number) => amounts.count(value, locale),
      editable: (value: string) => amounts.editable(value, locale),
      dateTime: (instant: string) => dates.dateTime(instant, locale),
      time: (instant: string) => dates.time(instant, locale),
      timeWithSeconds: (instant: string) => dates.timeWithSeconds(instant, locale),
      date: (value: string) => dates.date(value, locale),
      longDay: (instant: string) => dates.longDay(instant, locale),
      weekday: (day: number) => dates.weekdayName(day, locale),
    }),
    [locale],
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
