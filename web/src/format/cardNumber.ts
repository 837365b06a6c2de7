import { NBSP } from './amounts';

/** A card's number in fours, as it is printed on the card. */
export const groupedNumber = (number: string): string => number.replace(/(\d{4})(?=\d)/g, `$1${NBSP}`);
