import type { SpendingItem } from '@/api/types.gen';

const DAY_MS = 86_400_000;

/** Days of one report at the most. */
export const DAYS_MAX = 366;

/** A span of days, both included. */
export interface Span {
  from: string;
  to: string;
}

const moment = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** The day so many days later, or earlier. */
export const shifted = (day: string, days: number): string => dayOf(moment(day) + days * DAY_MS);

/** How many days a span has; less than one where it is reversed. */
export const daysOf = ({ from, to }: Span): number => Math.round((moment(to) - moment(from)) / DAY_MS) + 1;

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** The same day of the month so many months earlier is not always there; its first day is. */
const monthsBefore = (day: string, months: number): string => {
  const first = new Date(moment(firstOfMonth(day)));
  first.setUTCMonth(first.getUTCMonth() - months);
  return dayOf(first.getTime());
};

/** What is asked for most, by today's date; none is longer than a report may be. */
export const usualSpans = (today: string) => {
  const lastMonthEnd = shifted(firstOfMonth(today), -1);
  const year = Number(today.slice(0, 4));
  return {
    week: { from: shifted(today, -6), to: today },
    month: { from: firstOfMonth(today), to: today },
    lastMonth: { from: firstOfMonth(lastMonthEnd), to: lastMonthEnd },
    quarter: { from: shifted(today, 1 - 90), to: today },
    twelveMonths: { from: monthsBefore(today, 11), to: today },
    year: { from: `${year}-01-01`, to: today },
    lastYear: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  } satisfies Record<string, Span>;
};

const NOTHING = { quantity: '0.000', amount: '0.00' };

/** Every day of a span, also one on which nothing was bought. */
export function everyDay(span: Span, items: SpendingItem[]): SpendingItem[] {
  const known = new Map(items.map((item) => [item.key, item]));
  const count = Math.min(Math.max(0, daysOf(span)), DAYS_MAX);
  return Array.from({ length: count }, (_, at) => {
    const key = shifted(span.from, at);
    return known.get(key) ?? { key, ...NOTHING };
  });
}
