import { scaled } from './amounts';

/** What a budget plans: roubles to the kopeck, litres to the millilitre. Sums of them are taken of integers. */
export const MEASURES = ['roubles', 'litres'] as const;

export type Planned = (typeof MEASURES)[number];

/** Decimals of a measure. */
export const DIGITS: Record<Planned, number> = { roubles: 2, litres: 3 };

/** An amount as a whole number of kopecks or millilitres. */
export const units = (measure: Planned, value: string): bigint => scaled(value, DIGITS[measure]);

/** A whole number of kopecks or millilitres as the API writes it: `150000n` is `1500.00`. */
export function amountOf(measure: Planned, value: bigint): string {
  const digits = DIGITS[measure];
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  return `${value < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** What so many litres cost at a price, half a kopeck up: how the server rounds. */
export const costOf = (litres: string, price: string): bigint => (units('litres', litres) * units('roubles', price) + 500n) / 1000n;

/** How many litres an amount buys at a price, rounded down. */
export const litresFor = (roubles: bigint, price: string): bigint => {
  const kopecks = units('roubles', price);
  return kopecks > 0n ? (roubles * 1000n) / kopecks : 0n;
};
