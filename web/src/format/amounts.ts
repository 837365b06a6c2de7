/**
 * Roubles and quantities come as decimal strings and are shown without ever becoming floating point numbers:
 * what is compared is a bigint, what is printed is the string's own digits.
 */
export type Locale = 'ru' | 'en';

export const NBSP = '\u00a0';
const MINUS = '\u2212';
const GROUP: Record<Locale, string> = { ru: NBSP, en: ',' };
const POINT: Record<Locale, string> = { ru: ',', en: '.' };

/** The value as an integer of 10^-digits: `scaled("1.5", 3)` is `1500n`. */
export function scaled(value: string, digits: number): bigint {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace(/^[-+]/, '').split('.');
  const size = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return negative ? -size : size;
}

export function isNegative(value: string): boolean {
  return scaled(value, 3) < 0n;
}

export function isZero(value: string): boolean {
  return scaled(value, 3) === 0n;
}

/** How much of `whole` is `part`, in percent from 0 to 100, for the width of a bar. */
export function percentOf(part: string, whole: string): number {
  const total = scaled(whole, 3);
  if (total <= 0n) return 100;
  const share = Number((scaled(part, 3) * 1000n) / total) / 10;
  return Math.min(100, Math.max(0, share));
}

function decimal(value: string, digits: number, locale: Locale): string {
  const size = scaled(value, digits);
  const text = (size < 0n ? -size : size).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, GROUP[locale]);
  const fraction = digits > 0 ? POINT[locale] + text.slice(-digits) : '';
  return (size < 0n ? MINUS : '') + whole + fraction;
}

/** `1 500,00 ₽`; with `signed`, money coming in has a plus. */
export function roubles(value: string, locale: Locale, signed = false): string {
  const plus = signed && scaled(value, 2) > 0n ? '+' : '';
  return `${plus}${decimal(value, 2, locale)}${NBSP}₽`;
}

/** So many kopecks as `150 000 ₽`, for the steps of an axis. */
export function wholeRoubles(kopecks: bigint, locale: Locale): string {
  return `${decimal(String(kopecks / 100n), 0, locale)}${NBSP}₽`;
}

export type Unit = 'litre' | 'cubic_metre' | 'piece';

const UNITS: Record<Unit, Record<Locale, string>> = {
  litre: { ru: 'л', en: 'l' },
  cubic_metre: { ru: 'м³', en: 'm³' },
  piece: { ru: 'шт.', en: 'pcs' },
};

/** `40,00 л`; three decimals only where the third says something, none for whole pieces. */
export function quantity(value: string, unit: Unit, locale: Locale): string {
  const thousandths = scaled(value, 3);
  const whole = unit === 'piece' && thousandths % 1000n === 0n;
  const digits = whole ? 0 : thousandths % 10n === 0n ? 2 : 3;
  return `${decimal(value, digits, locale)}${NBSP}${UNITS[unit][locale]}`;
}

export function count(value: string | number, locale: Locale): string {
  return decimal(String(value), 0, locale);
}

/**
 * What a person typed into an amount field, as the API wants it: spaces gone, a comma made a point.
 * Returns null for anything that is not a plain positive decimal with at most `digits` decimals.
 */
export function parseAmount(typed: string, digits: number): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const shape = digits > 0 ? new RegExp(`^\\d{1,12}(\\.\\d{1,${digits}})?$`) : /^\d{1,9}$/;
  return shape.test(text) ? text : null;
}

/** An amount from the API as it is put into a field: no trailing zeros. */
export function editable(value: string, locale: Locale): string {
  const text = value.includes('.') ? value.replace(/\.?0+$/, '') : value;
  return text.replace('.', POINT[locale]);
}
