import { useFormat } from '@/format/useFormat';
import type { SpendingStep } from '@/search';
import type { Span } from './span';
import { isWholeMonth } from './steps';

/** What a day, a week or a month is called; a part of a month by its days. */
export function usePeriodName(step: SpendingStep): (period: Span) => string {
  const format = useFormat();
  return (period) => (step === 'month' && isWholeMonth(period) ? format.month(period.from) : format.days(period.from, period.to));
}
