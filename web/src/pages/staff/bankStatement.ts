import type { PostV1StaffPaymentsImportResponse } from '@/api/types.gen';
import { scaled } from '@/format/amounts';

export type Statement = PostV1StaffPaymentsImportResponse;
export type BankDocument = Statement['accepted'][number];

/** The lists a document may be in, in the order they are shown. */
export const LISTS = ['accepted', 'proposed', 'unmatched', 'duplicates'] as const;
export type BankList = (typeof LISTS)[number];

/** The sum of amounts, to the kopeck, as the API writes one. */
export function sumOf(documents: { amount: string }[]): string {
  const kopecks = documents.reduce((sum, { amount }) => sum + scaled(amount, 2), 0n);
  const text = kopecks.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** What became of a file taken in twice because the first time ended early: what was done then is not a duplicate now. */
export function together(before: Statement | null, now: Statement): Statement {
  if (!before) return now;
  const done = (list: BankList) => [...before[list], ...now[list]].toSorted((one, other) => one.line - other.line);
  const seen = new Set(LISTS.flatMap((list) => before[list].map(({ line }) => line)));
  const lists = { accepted: done('accepted'), proposed: done('proposed'), unmatched: done('unmatched') };
  return { ...now, ...lists, duplicates: [...before.duplicates, ...now.duplicates.filter(({ line }) => !seen.has(line))] };
}
