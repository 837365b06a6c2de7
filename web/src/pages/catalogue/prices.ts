import type { PriceAsk, PriceListView } from '@/api/types.gen';
import { parseAmount, scaled } from '@/format/amounts';

/** What was typed over the list, by station and product; a cell that is not here was not touched. */
export type Draft = Readonly<Record<string, string>>;

export const cellOf = (station: string, product: string) => `${station} ${product}`;

export type Cell =
  | { state: 'same' }
  | { state: 'wrong' }
  /** The new price; null takes the product off sale there. */
  | { state: 'changed'; price: string | null };

/** What a cell comes to beside the price in force. */
export function read(typed: string | undefined, now: string | undefined): Cell {
  if (typed === undefined) return { state: 'same' };
  if (typed.trim() === '') return now === undefined ? { state: 'same' } : { state: 'changed', price: null };
  const price = parseAmount(typed, 2);
  if (price === null || scaled(price, 2) === 0n) return { state: 'wrong' };
  return now !== undefined && scaled(price, 2) === scaled(now, 2) ? { state: 'same' } : { state: 'changed', price };
}

/** The cells that differ from the list, and how many cannot be read. */
export function changesOf(list: PriceListView, draft: Draft): { prices: PriceAsk[]; wrong: number } {
  const prices: PriceAsk[] = [];
  let wrong = 0;
  for (const station of list.stations) {
    for (const { code } of list.products) {
      const cell = read(draft[cellOf(station.code, code)], station.prices[code]);
      if (cell.state === 'wrong') wrong += 1;
      if (cell.state === 'changed') prices.push({ station_code: station.code, product: code, price: cell.price });
    }
  }
  return { prices, wrong };
}

/** Cells that both the person and somebody else have changed since the person began. */
export function conflictsOf(began: PriceListView, now: PriceListView, draft: Draft): Set<string> {
  const before = new Map(began.stations.map((station) => [station.code, station.prices]));
  const found = new Set<string>();
  for (const station of now.stations) {
    for (const { code } of now.products) {
      const cell = cellOf(station.code, code);
      const theirs = station.prices[code];
      if (before.get(station.code)?.[code] === theirs) continue;
      if (read(draft[cell], theirs).state === 'changed') found.add(cell);
    }
  }
  return found;
}
