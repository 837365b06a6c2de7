import { postV1CardsBulk } from '@/api/sdk.gen';
import type { BulkAsk, BulkItem, BulkResult } from '@/api/types.gen';

/** Cards of one call; fewer with labels, for a body has at most 64 KiB. */
export const CHUNK = 500;
const LABELLED = 200;

export type BulkAction = BulkAsk['action'];
export type Change = Omit<BulkAsk, 'numbers' | 'items' | 'all'>;

export interface Outcome {
  action: BulkAction;
  results: BulkResult[];
  /** What stopped it half-way; the cards after that were not asked about. */
  stopped?: unknown;
}

/** What came of a card that the call did not reach. */
export const NOT_ASKED = 'not_asked';

/** Changes cards in chunks, telling after each how many are done. What is done stays done when a later chunk fails. */
export async function changeCards(change: Change, items: BulkItem[], tell?: (results: BulkResult[]) => void): Promise<Outcome> {
  const own = items.some(({ label, group }) => label !== undefined || group !== undefined);
  const size = own ? LABELLED : CHUNK;
  const results: BulkResult[] = [];
  for (let from = 0; from < items.length; from += size) {
    const chunk = items.slice(from, from + size);
    const list = own ? { items: chunk } : { numbers: chunk.map(({ number }) => number) };
    try {
      // One after the other, so that a failure leaves a whole beginning.
      // oxlint-disable-next-line no-await-in-loop
      const { data } = await postV1CardsBulk({ body: { ...change, ...list }, throwOnError: true });
      if ('results' in data) results.push(...data.results);
    } catch (stopped) {
      const left = items.slice(from).map(({ number }) => ({ number, ok: false, changed: false, code: NOT_ASKED }));
      return { action: change.action, results: [...results, ...left], stopped };
    }
    tell?.([...results]);
  }
  return { action: change.action, results };
}

/** The cards that failed, by why. */
export function failures({ results }: Pick<Outcome, 'results'>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { number, ok, code } of results) {
    if (ok) continue;
    const why = code ?? NOT_ASKED;
    found.set(why, [...(found.get(why) ?? []), number]);
  }
  return found;
}
