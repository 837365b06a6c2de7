import type { ActRow, RulesAsk } from '@/model';

/** What an act is on: `card 7826…` is a kind and a name. */
export function subjectOf(subject: string): { kind: string; name: string } {
  const space = subject.indexOf(' ');
  return space < 0 ? { kind: subject, name: '' } : { kind: subject.slice(0, space), name: subject.slice(space + 1) };
}

/** Acts that changed a card's rules. */
export const changedRules = (act: Pick<ActRow, 'action'>) =>
  act.action === 'card.rules' || act.action === 'card.rules_restored' || act.action.startsWith('template.');

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields an act changed; what stayed as it was is left out. */
export function changesOf({ before, after }: Pick<ActRow, 'before' | 'after'>): Change[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** Rules as the journal tells them, in the shape the API takes them. */
export function rulesOf(told: ActRow['before']): RulesAsk | null {
  if (!told || !Array.isArray(told.limits)) return null;
  const { limits, products, schedule, stations } = told as Partial<RulesAsk>;
  return { limits: limits ?? [], products: products ?? null, schedule: schedule ?? null, stations: stations ?? null };
}
