import { useMemo } from 'react';
import { useFormat } from '@/format/useFormat';
import { amountOf, type Planned } from '@/format/sums';

/** Kopecks and millilitres in words: `1 500,00 ₽`, `40,00 л`. */
export function useAmounts() {
  const format = useFormat();
  return useMemo(() => {
    const say = (measure: Planned, value: string) => (measure === 'roubles' ? format.roubles(value) : format.quantity(value, 'litre'));
    return { say, sum: (measure: Planned, value: bigint) => say(measure, amountOf(measure, value)) };
  }, [format]);
}
