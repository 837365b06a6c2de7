/** What stands beside columns: round amounts, and as many names as there is room for. */

/** Round amounts in kopecks: so many roubles times a power of ten. */
const ROUND = [100n, 200n, 250n, 500n];
const LINES_MAX = 4n;

/** Round amounts from the least upwards, the last one not below `most`; two to four of them where there is anything. */
export function roundSteps(most: bigint): bigint[] {
  if (most <= 0n) return [];
  for (let power = 1n; ; power *= 10n) {
    const step = ROUND.map((one) => one * power).find((one) => one * LINES_MAX >= most);
    if (step !== undefined) {
      const lines = Number((most + step - 1n) / step);
      return Array.from({ length: lines }, (_, at) => step * BigInt(at + 1));
    }
  }
}

/** How wide a name may be, in pixels. */
export const NAME_PX = 64;

export interface Named {
  at: number;
  left: number;
}

/**
 * Of the columns that may be named, those whose names do not touch: under the middle of each, within the whole width.
 * `every` are their places among `count` columns.
 */
export function withRoom(every: number[], count: number, width: number): Named[] {
  const kept: Named[] = [];
  for (const at of every) {
    const left = Math.max(0, Math.min(((at + 0.5) * width) / count - NAME_PX / 2, width - NAME_PX));
    const last = kept.at(-1);
    if (!last || left >= last.left + NAME_PX) kept.push({ at, left });
  }
  return kept;
}
