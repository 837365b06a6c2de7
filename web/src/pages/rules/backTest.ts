import type { MessageId, Values } from '@/i18n/message';
import type { BackTest } from '@/model';

/** How far back the rules are tried, in days. */
export const DAYS = [7, 30, 90, 365] as const;
export type Days = (typeof DAYS)[number];

export interface Sentence {
  id: MessageId;
  values?: Values;
}

function told(whole: number, part: number, none: MessageId, all: MessageId, some: MessageId): Sentence {
  if (whole === 0) return { id: none };
  return part === 0 ? { id: all, values: { whole } } : { id: some, values: { part, whole } };
}

/** What would have been otherwise, as a sentence on the fills and one on the declines. */
export function verdict({ fills, declines, refused, released }: BackTest): { fills: Sentence; declines: Sentence } {
  return {
    fills: told(fills, refused.length, 'backtest.noFills', 'backtest.refusesNone', 'backtest.refuses'),
    declines: told(declines, released.length, 'backtest.noDeclines', 'backtest.releasesNone', 'backtest.releases'),
  };
}
