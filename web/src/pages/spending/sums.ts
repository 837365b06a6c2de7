import { scaled, type Unit } from '@/format/amounts';
import { amountOf } from '@/format/sums';
import type { SpendingItem } from '@/api/types.gen';

/** What all of it cost. */
export const totalOf = (items: Pick<SpendingItem, 'amount'>[]): string =>
  amountOf('roubles', items.reduce((sum, { amount }) => sum + scaled(amount, 2), 0n));

/** How many litres, where all of it is counted in them. */
export const litresOf = (items: Pick<SpendingItem, 'quantity'>[]): string =>
  amountOf('litres', items.reduce((sum, { quantity }) => sum + scaled(quantity, 3), 0n));

/** How much of it there was, unit by unit; units of which there was none are left out. */
export function quantitiesOf(items: SpendingItem[], unitOf: (item: SpendingItem) => Unit): { unit: Unit; quantity: string }[] {
  const sums = new Map<Unit, bigint>();
  for (const item of items) {
    const unit = unitOf(item);
    sums.set(unit, (sums.get(unit) ?? 0n) + scaled(item.quantity, 3));
  }
  return [...sums].filter(([, sum]) => sum !== 0n).map(([unit, sum]) => ({ unit, quantity: amountOf('litres', sum) }));
}

/** The dearest first; what costs the same stays in the order of its keys. */
export const dearestFirst = (items: SpendingItem[]): SpendingItem[] =>
  items.toSorted((one, other) => {
    const by = scaled(other.amount, 2) - scaled(one.amount, 2);
    return by > 0n ? 1 : by < 0n ? -1 : 0;
  });
