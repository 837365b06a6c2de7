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
export const NAME_PX = 56;

export interface Named {
  at: number;
  left: number;
}

/**
 * Of the columns that may be named, every one, every second, every third: so many that their names do not touch. Each stands
 * under the middle of its column, within the whole width. `every` are their places among `count` columns.
 */
export function withRoom(every: number[], count: number, width: number): Named[] {
  const all = every.map((at) => ({ at, left: Math.max(0, Math.min(((at + 0.5) * width) / count - NAME_PX / 2, width - NAME_PX)) }));
  for (let stride = 1; stride < all.length; stride += 1) {
    const kept = all.filter((_, at) => at % stride === 0);
    if (kept.every(({ left }, at) => left - (kept[at - 1]?.left ?? -NAME_PX) >= NAME_PX)) return kept;
  }
  return all.slice(0, 1);
}
