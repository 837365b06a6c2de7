// The weights of an INN's check digits (order of the tax service of 29.06.2012 № ММВ-7-6/435@).
const LEGAL = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const TRADER_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TRADER_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

const checkDigit = (digits: number[], weights: number[]): number =>
  (weights.reduce((sum, weight, place) => sum + weight * (digits[place] ?? 0), 0) % 11) % 10;

/** Ten digits of a legal entity or twelve of a sole trader, with right check digits. */
export function innIsRight(inn: string): boolean {
  if (!/^(\d{10}|\d{12})$/.test(inn)) return false;
  const digits = [...inn].map(Number);
  if (digits.length === 10) return checkDigit(digits, LEGAL) === digits[9];
  return checkDigit(digits, TRADER_FIRST) === digits[10] && checkDigit(digits, TRADER_SECOND) === digits[11];
}
