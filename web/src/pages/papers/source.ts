import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getV1Documents, getV1DocumentsById, getV1Invoices, getV1InvoicesById, getV1Reconciliation, getV1StaffCompaniesByIdDocuments,
  getV1StaffCompaniesByIdDocumentsByMonth, getV1StaffCompaniesByIdInvoices, getV1StaffCompaniesByIdInvoicesByInvoice,
  getV1StaffCompaniesByIdReconciliation, getV1StaffCompaniesByIdStatementsByMonth, getV1StatementsByMonth,
} from '@/api/sdk.gen';
import type { GetV1DocumentsByIdData, InvoiceView, MonthView, ReconciliationView } from '@/api/types.gen';
import type { PageOf } from '@/source/source';

export type MonthFile = NonNullable<GetV1DocumentsByIdData['query']>;
export interface Days {
  from?: string;
  to?: string;
}

type Fetched = Promise<{ data: unknown }>;
type List<Row> = (cursor: string | undefined, signal: AbortSignal) => Promise<{ data: PageOf<Row> }>;

/** How a company's documents are read: by its own people, or by the desk. */
export interface Papers {
  /** Tells one company's answers from another's in the cache. */
  whose: string;
  months: List<MonthView>;
  monthFile: (month: string, query: MonthFile) => Fetched;
  report: (month: string) => Fetched;
  act: (days: Days, signal: AbortSignal) => Promise<{ data: ReconciliationView }>;
  actFile: (days: Days, format: 'pdf' | 'xlsx') => Fetched;
  invoices: List<InvoiceView>;
  invoiceFile: (number: string) => Fetched;
}

const blob = { parseAs: 'blob', throwOnError: true } as const;

export const ownPapers: Papers = {
  whose: 'own',
  months: (cursor, signal) => getV1Documents({ query: { cursor }, signal, throwOnError: true }),
  monthFile: (id, query) => getV1DocumentsById({ path: { id }, query, ...blob }),
  report: (month) => getV1StatementsByMonth({ path: { month }, query: { format: 'pdf' }, ...blob }),
  act: (query, signal) => getV1Reconciliation({ query, signal, throwOnError: true }),
  actFile: (days, format) => getV1Reconciliation({ query: { ...days, format }, ...blob }),
  invoices: (cursor, signal) => getV1Invoices({ query: { cursor }, signal, throwOnError: true }),
  invoiceFile: (id) => getV1InvoicesById({ path: { id }, query: { format: 'pdf' }, ...blob }),
};

/** A company's, at the desk. */
export const papersOf = (id: string): Papers => ({
  whose: id,
  months: (cursor, signal) => getV1StaffCompaniesByIdDocuments({ path: { id }, query: { cursor }, signal, throwOnError: true }),
  monthFile: (month, query) => getV1StaffCompaniesByIdDocumentsByMonth({ path: { id, month }, query, ...blob }),
  report: (month) => getV1StaffCompaniesByIdStatementsByMonth({ path: { id, month }, query: { format: 'pdf' }, ...blob }),
  act: (query, signal) => getV1StaffCompaniesByIdReconciliation({ path: { id }, query, signal, throwOnError: true }),
  actFile: (days, format) => getV1StaffCompaniesByIdReconciliation({ path: { id }, query: { ...days, format }, ...blob }),
  invoices: (cursor, signal) => getV1StaffCompaniesByIdInvoices({ path: { id }, query: { cursor }, signal, throwOnError: true }),
  invoiceFile: (invoice) => getV1StaffCompaniesByIdInvoicesByInvoice({ path: { id, invoice }, query: { format: 'pdf' }, ...blob }),
});

const paged = <Row>(ask: List<Row>) => ({
  initialPageParam: undefined as string | undefined,
  queryFn: async ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) => (await ask(pageParam, signal)).data,
  getNextPageParam: (last: PageOf<Row>) => last.next_cursor ?? undefined,
});

/** Closed months change once a month, invoices when somebody pays. */
export const monthPages = (papers: Papers) =>
  infiniteQueryOptions({ queryKey: ['papers', papers.whose, 'months'], ...paged(papers.months) });

export const invoicePages = (papers: Papers, every: number) =>
  infiniteQueryOptions({ queryKey: ['papers', papers.whose, 'invoices'], ...paged(papers.invoices), refetchInterval: every });

export const actOf = (papers: Papers, days: Days) =>
  queryOptions({
    queryKey: ['papers', papers.whose, 'act', days],
    queryFn: async ({ signal }) => (await papers.act(days, signal)).data,
  });
