import { parseAmount } from '@/format/amounts';
import { amountOf, DIGITS, MEASURES, units, type Planned } from '@/format/sums';
import type { Budget, BudgetLine, LinePatch } from '@/model';

/** The measures that a budget plans. */
export const planned = (budget: Pick<Budget, Planned>): Planned[] => MEASURES.filter((measure) => budget[measure] !== null);

/** How a card's share stands, in kopecks or millilitres. `used + held + left` is `whole`, but where it was overdrawn. */
export interface Standing {
  /** The share with what is carried over; null where the measure does not cap the card. */
  whole: bigint | null;
  used: bigint;
  held: bigint;
  left: bigint;
  /** What late captures took beyond the share. */
  over: bigint;
}

const positive = (value: bigint) => (value > 0n ? value : 0n);

export function standing(line: BudgetLine, measure: Planned): Standing {
  const used = units(measure, line.used[measure]);
  const held = units(measure, line.held[measure]);
  const share = line[measure];
  if (share === null) return { whole: null, used, held, left: 0n, over: 0n };
  const whole = units(measure, share) + units(measure, line.carried[measure]);
  return { whole, used, held, left: positive(whole - used - held), over: positive(used + held - whole) };
}

/** Shares as they are typed, by the card's number; what was not touched is not in it. */
export type ShareDraft = Record<string, Partial<Record<Planned, string>>>;

/** What is wrong with a field of a draft: not an amount, or less than what is used and held. */
export type ShareWrong = 'amount' | 'below';

export interface DraftOutcome {
  /** What is sent: the lines that differ. */
  lines: LinePatch[];
  wrong: Record<string, Partial<Record<Planned, ShareWrong>>>;
  /** What the shares grow by in sum, so that the reserve falls by it. */
  more: Record<Planned, bigint>;
}

/** An empty field takes the share away; a share that is left as it was is not sent. */
export function readDraft(draft: ShareDraft, lines: BudgetLine[]): DraftOutcome {
  const outcome: DraftOutcome = { lines: [], wrong: {}, more: { roubles: 0n, litres: 0n } };
  for (const line of lines) {
    const typed = draft[line.number];
    if (!typed) continue;
    const patch: LinePatch = { number: line.number };
    for (const measure of MEASURES) {
      const text = typed[measure]?.trim();
      if (text === undefined) continue;
      const had = line[measure];
      const amount = text === '' ? null : parseAmount(text, DIGITS[measure]);
      const wrong = wrongOf(line, measure, text, amount);
      if (wrong) {
        outcome.wrong[line.number] = { ...outcome.wrong[line.number], [measure]: wrong };
        continue;
      }
      const more = (amount === null ? 0n : units(measure, amount)) - (had === null ? 0n : units(measure, had));
      if (more === 0n && (amount === null) === (had === null)) continue;
      outcome.more[measure] += more;
      patch[measure] = amount === null ? null : amountOf(measure, units(measure, amount));
    }
    if (MEASURES.some((measure) => measure in patch)) outcome.lines.push(patch);
  }
  return outcome;
}

function wrongOf(line: BudgetLine, measure: Planned, text: string, amount: string | null): ShareWrong | null {
  if (text === '') return null;
  if (amount === null) return 'amount';
  return units(measure, amount) < least(line, measure) ? 'below' : null;
}

/** The least that a share may be: what is used and held beyond what is carried over. */
export function least(line: BudgetLine, measure: Planned): bigint {
  const used = units(measure, line.used[measure]) + units(measure, line.held[measure]);
  return positive(used - units(measure, line.carried[measure]));
}
