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

/** What days are put together into. */
export const SPENDING_STEPS = ['day', 'week', 'month'] as const;

export type SpendingStep = (typeof SPENDING_STEPS)[number];

export interface SpendingSearch {
  from?: string;
  to?: string;
  by?: SpendingGroup;
  /** Of the days; absent where the span's length decides. */
  step?: SpendingStep;
}

export const spendingSearch = (raw: Raw): SpendingSearch => ({
  from: day(raw, 'from'),
  to: day(raw, 'to'),
  by: oneOf(raw, 'by', SPENDING_GROUPS),
  step: oneOf(raw, 'step', SPENDING_STEPS),
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

export const TICKET_STATES = ['waiting', 'answered', 'closed'] as const;
export const CARES = ['me', 'nobody'] as const;

export interface TicketFilters {
  state?: (typeof TICKET_STATES)[number];
}

export const ticketFilters = (raw: Raw): TicketFilters => ({ state: oneOf(raw, 'state', TICKET_STATES) });

export interface QueueFilters extends TicketFilters {
  assigned?: (typeof CARES)[number];
  company?: string;
}

export const queueFilters = (raw: Raw): QueueFilters => ({
  ...ticketFilters(raw),
  assigned: oneOf(raw, 'assigned', CARES),
  company: text(raw, 'company'),
});

export interface NewTicketSearch {
  /** The card and the line of history that it is to be about. */
  card?: string;
  entry?: string;
}

export const newTicketSearch = (raw: Raw): NewTicketSearch => ({ card: text(raw, 'card'), entry: text(raw, 'entry') });

export const LANGUAGES = ['ru', 'en'] as const;
export const ARTICLE_CATEGORIES = ['how_to', 'contract', 'tariffs', 'forms'] as const;

export interface ArticleSearch {
  /** What was looked for; in an article its words are marked. */
  q?: string;
  category?: (typeof ARTICLE_CATEGORIES)[number];
  language?: (typeof LANGUAGES)[number];
}

export const articleSearch = (raw: Raw): ArticleSearch => ({
  q: text(raw, 'q'),
  category: oneOf(raw, 'category', ARTICLE_CATEGORIES),
  language: oneOf(raw, 'language', LANGUAGES),
});

export interface NewArticleSearch {
  /** The address of the article that it is the other language of. */
  slug?: string;
  language?: (typeof LANGUAGES)[number];
}

export const newArticleSearch = (raw: Raw): NewArticleSearch => ({
  slug: text(raw, 'slug'),
  language: oneOf(raw, 'language', LANGUAGES),
});

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

export interface ReconciliationSearch {
  from?: string;
  to?: string;
}

export const reconciliationSearch = (raw: Raw): ReconciliationSearch => ({ from: day(raw, 'from'), to: day(raw, 'to') });

export interface InvoicesSearch {
  /** For how much an invoice is to be made. */
  amount?: string;
}

export const invoicesSearch = (raw: Raw): InvoicesSearch => {
  const amount = text(raw, 'amount');
  return { amount: amount && /^\d{1,12}(\.\d{1,2})?$/.test(amount) ? amount : undefined };
};
