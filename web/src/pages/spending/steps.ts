import type { SpendingItem } from '@/api/types.gen';
import { amountOf, units } from '@/format/sums';
import type { SpendingStep } from '@/search';
import { daysOf, everyDay, firstOfMonth, shifted, type Span } from './span';

/** Days, or several of them together: of a week or a month that the span has in part, only that part. */
export interface Period extends Span {
  amount: string;
  quantity: string;
}

/** Two months are told day by day, half a year week by week. */
const DAYS_BY_DAY = 62;
const DAYS_BY_WEEK = 184;

/** What a span is best put together into, where nobody chose. */
export function usualStep(span: Span): SpendingStep {
  const days = daysOf(span);
  return days <= DAYS_BY_DAY ? 'day' : days <= DAYS_BY_WEEK ? 'week' : 'month';
}

/** The first day of what a day belongs to; weeks begin on Monday. */
export function beginning(day: string, step: SpendingStep): string {
  if (step === 'day') return day;
  if (step === 'month') return firstOfMonth(day);
  return shifted(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The days of a span put together, in their order, also those in which nothing was bought. */
export function periods(span: Span, items: SpendingItem[], step: SpendingStep): Period[] {
  const all: { of: string; from: string; to: string; amount: bigint; quantity: bigint }[] = [];
  for (const { key, amount, quantity } of everyDay(span, items)) {
    const of = beginning(key, step);
    let last = all.at(-1);
    if (last?.of !== of) {
      last = { of, from: key, to: key, amount: 0n, quantity: 0n };
      all.push(last);
    }
    last.to = key;
    last.amount += units('roubles', amount);
    last.quantity += units('litres', quantity);
  }
  return all.map(({ from, to, amount, quantity }) => ({ from, to, amount: amountOf('roubles', amount), quantity: amountOf('litres', quantity) }));
}

/** Whether it is a calendar month from its first day to its last. */
export const isWholeMonth = ({ from, to }: Span): boolean =>
  from === firstOfMonth(from) && firstOfMonth(from) === firstOfMonth(to) && shifted(to, 1) === firstOfMonth(shifted(to, 1));
