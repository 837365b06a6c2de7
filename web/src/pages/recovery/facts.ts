/** What can be on file of a person and of their company; the first two are the ones of which one is needed. */
export const FACTS = ['contract_number', 'phone', 'full_name', 'inn'] as const;

export type Fact = (typeof FACTS)[number];
export type FactsDraft = Record<Fact, string>;

export const NO_FACTS: FactsDraft = { contract_number: '', phone: '', full_name: '', inn: '' };

const NEEDED = 2;
const WEIGHTY: readonly Fact[] = ['contract_number', 'phone'];

/** What a person has filled in, as the request takes it. */
export function said(draft: FactsDraft): Partial<FactsDraft> {
  return Object.fromEntries(FACTS.map((fact) => [fact, draft[fact].trim()]).filter(([, text]) => text !== ''));
}

/** What is still missing for anybody to be recognised; the server has the last word. */
export function missing(draft: FactsDraft): 'two' | 'weighty' | null {
  const facts = Object.keys(said(draft));
  if (facts.length < NEEDED) return 'two';
  return WEIGHTY.some((fact) => facts.includes(fact)) ? null : 'weighty';
}
