import { editable, parseAmount, scaled, type Locale } from '@/format/amounts';
import type { Measure, Period, RulesAsk } from '@/model';

/** A card's rules as a form holds them: amounts as typed, absent rules as choices not made. */
export interface LimitDraft {
  /** Stays with the row while rows above it come and go. */
  key: number;
  measure: Measure;
  period: Period;
  amount: string;
  products: string[];
}

export interface ListDraft {
  mode: 'all' | 'allow' | 'deny';
  codes: string[];
}

export interface ScheduleDraft {
  limited: boolean;
  weekdays: number[];
  from: string;
  to: string;
}

export interface RulesDraft {
  limits: LimitDraft[];
  products: ListDraft;
  schedule: ScheduleDraft;
  stations: ListDraft;
}

export const LIMITS_MAX = 20;

export const MEASURES_COMMON: Measure[] = ['litres', 'roubles'];
export const MEASURES_MORE: Measure[] = ['fills'];
export const PERIODS_COMMON: Period[] = ['transaction', 'day', 'week', 'month'];
export const PERIODS_MORE: Period[] = ['quarter', 'year'];

const DECIMALS: Record<Measure, number> = { litres: 3, roubles: 2, fills: 0 };

let keys = 0;
const nextKey = () => (keys += 1);

export function newLimit(): LimitDraft {
  return { key: nextKey(), measure: 'litres', period: 'day', amount: '', products: [] };
}

function listDraft(rule: RulesAsk['products']): ListDraft {
  return rule ? { mode: rule.mode, codes: rule.codes } : { mode: 'all', codes: [] };
}

/** A copy to edit, of a card's rules or of a template's. */
export function toDraft(rules: RulesAsk, locale: Locale): RulesDraft {
  return {
    limits: rules.limits.map(({ measure, period, amount, products }) => ({
      key: nextKey(),
      measure,
      period,
      amount: editable(amount, locale),
      products: products ?? [],
    })),
    products: listDraft(rules.products),
    schedule: rules.schedule
      ? { limited: true, ...rules.schedule }
      : { limited: false, weekdays: [1, 2, 3, 4, 5], from: '06:00', to: '22:00' },
    stations: listDraft(rules.stations),
  };
}

/** What is wrong with a draft, by the field's path in the request's body. */
export type DraftErrors = Record<string, 'amount' | 'codes' | 'weekdays' | 'time' | 'twice'>;

/** The request a draft makes, or what must be corrected first. */
export function toAsk(draft: RulesDraft): { ask: RulesAsk; errors: DraftErrors } {
  const errors: DraftErrors = {};
  const seen = new Set<string>();
  const limits = draft.limits.map(({ measure, period, amount, products }, index) => {
    const parsed = parseAmount(amount, DECIMALS[measure]);
    const identity = [measure, period, ...products.toSorted()].join();
    if (parsed === null || /^[0.]*$/.test(parsed)) errors[`limits.${index}.amount`] = 'amount';
    else if (seen.has(identity)) errors[`limits.${index}.amount`] = 'twice';
    seen.add(identity);
    return { measure, period, amount: parsed ?? '', products };
  });
  const list = (rule: ListDraft, field: string) => {
    if (rule.mode === 'all') return null;
    if (rule.codes.length === 0) errors[`${field}.codes`] = 'codes';
    return { mode: rule.mode, codes: rule.codes };
  };
  const { limited, weekdays, from, to } = draft.schedule;
  if (limited && weekdays.length === 0) errors['schedule.weekdays'] = 'weekdays';
  if (limited && (from === '' || to === '' || from === to)) errors['schedule.from'] = 'time';
  return {
    ask: {
      limits,
      products: list(draft.products, 'products'),
      schedule: limited ? { weekdays: weekdays.toSorted((a, b) => a - b), from, to } : null,
      stations: list(draft.stations, 'stations'),
    },
    errors,
  };
}

const listText = (rule: RulesAsk['products']) => (rule ? [rule.mode, ...rule.codes.toSorted()] : null);

const limitText = ({ measure, period, amount, products = [] }: RulesAsk['limits'][number]) =>
  [measure, period, scaled(amount, 3), ...products.toSorted()].join();

/** Text that is equal for equal rules, however they were typed and in whatever order. */
export function fingerprint({ limits, products, schedule, stations }: RulesAsk): string {
  return JSON.stringify([
    limits.map(limitText).toSorted(),
    listText(products),
    schedule ? [schedule.weekdays.toSorted((a, b) => a - b), schedule.from, schedule.to] : null,
    listText(stations),
  ]);
}
