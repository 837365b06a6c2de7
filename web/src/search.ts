/** What each page keeps in its URL. Anything else there is dropped. */

export const CARD_STATUSES = ['active', 'blocked', 'blocked_by_staff', 'expired', 'closed'] as const;
export const ENTRY_TYPES = ['purchase', 'refund', 'payment', 'transfer', 'adjustment', 'decline'] as const;

export type CardStatus = (typeof CARD_STATUSES)[number];
export type EntryType = (typeof ENTRY_TYPES)[number];

type Raw = Record<string, unknown>;

const text = (raw: Raw, key: string): string | undefined => {
  const value = raw[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

function oneOf<T extends string>(raw: Raw, key: string, allowed: readonly T[]): T | undefined {
  return allowed.find((value) => value === raw[key]);
}

const day = (raw: Raw, key: string): string | undefined => {
  const value = text(raw, key);
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
};

export interface LoginSearch {
  next?: string;
}

export const loginSearch = (raw: Raw): LoginSearch => ({ next: text(raw, 'next') });

export const COMPANY_STATUSES = ['active', 'suspended', 'closed'] as const;

export interface CompanyFilters {
  q?: string;
  status?: (typeof COMPANY_STATUSES)[number];
}

export const companyFilters = (raw: Raw): CompanyFilters => ({ q: text(raw, 'q'), status: oneOf(raw, 'status', COMPANY_STATUSES) });

export interface CardFilters {
  q?: string;
  status?: CardStatus;
  group?: string;
}

export interface FleetSearch extends CardFilters {
  /** A change of many cards that is under way. */
  job?: string;
}

export const fleetSearch = (raw: Raw): FleetSearch => ({ ...cardFilters(raw), job: text(raw, 'job') });

export interface BudgetSearch {
  /** A distribution that is under way. */
  job?: string;
}

export const budgetSearch = (raw: Raw): BudgetSearch => ({ job: text(raw, 'job') });

export interface ExceptionsSearch {
  /** The decline that is being answered: the mail's link names it. */
  decline?: string;
}

export const exceptionsSearch = (raw: Raw): ExceptionsSearch => ({ decline: text(raw, 'decline') });

export const cardFilters = (raw: Raw): CardFilters => ({
  q: text(raw, 'q'),
  status: oneOf(raw, 'status', CARD_STATUSES),
  group: text(raw, 'group'),
});

export interface HistoryFilters {
  from?: string;
  to?: string;
  card?: string;
  type?: EntryType;
  product?: string;
  station?: string;
  q?: string;
  /** The operation whose details are open. */
  entry?: string;
}

export const SPENDING_GROUPS = ['day', 'card', 'product', 'station'] as const;

export type SpendingGroup = (typeof SPENDING_GROUPS)[number];

export interface SpendingSearch {
  from?: string;
  to?: string;
  by?: SpendingGroup;
}

export const spendingSearch = (raw: Raw): SpendingSearch => ({
  from: day(raw, 'from'),
  to: day(raw, 'to'),
  by: oneOf(raw, 'by', SPENDING_GROUPS),
});

export interface JournalFilters {
  from?: string;
  to?: string;
  q?: string;
}

export const DESK_STATES = ['open', 'closed'] as const;

export interface DeskSearch {
  state?: (typeof DESK_STATES)[number];
}

export const deskSearch = (raw: Raw): DeskSearch => ({ state: oneOf(raw, 'state', DESK_STATES) });

export const LANGUAGES = ['ru', 'en'] as const;

export const journalFilters = (raw: Raw): JournalFilters => ({
  from: day(raw, 'from'),
  to: day(raw, 'to'),
  q: text(raw, 'q'),
});

export const historyFilters = (raw: Raw): HistoryFilters => ({
  from: day(raw, 'from'),
  to: day(raw, 'to'),
  card: text(raw, 'card'),
  type: oneOf(raw, 'type', ENTRY_TYPES),
  product: text(raw, 'product'),
  station: text(raw, 'station'),
  q: text(raw, 'q'),
  entry: text(raw, 'entry'),
});
