import { useMemo, type ReactNode } from 'react';
import {
  getV1StaffCompaniesByIdBalance, getV1StaffCompaniesByIdCards, getV1StaffCompaniesByIdHistory,
  getV1StaffCompaniesByIdHistoryByEntry,
} from '@/api/sdk.gen';
import { ReadingContext, type Reading } from './source';

const CARDS_READ = 100;

/** A company as its client sees it, read by the desk. */
const ofCompany = (id: string): Reading => ({
  whose: id,
  balance: (_, signal) => getV1StaffCompaniesByIdBalance({ path: { id }, signal, throwOnError: true }),
  cards: (query, signal) => getV1StaffCompaniesByIdCards({ path: { id }, query, signal, throwOnError: true }),
  groups: async (signal) => {
    const { data } = await getV1StaffCompaniesByIdCards({ path: { id }, query: { limit: CARDS_READ }, signal, throwOnError: true });
    return [...new Set(data.items.map((card) => card.group))].filter(Boolean).map((group) => ({ group, cards: null }));
  },
  history: (query, signal) => getV1StaffCompaniesByIdHistory({ path: { id }, query, signal, throwOnError: true }),
  entry: (entry, signal) => getV1StaffCompaniesByIdHistoryByEntry({ path: { id, entry }, signal, throwOnError: true }),
  toCard: (number) => ({ to: '/staff/companies/$id/cards/$number', params: { id, number } }),
  toCards: (search = {}) => ({ to: '/staff/companies/$id/cards', params: { id }, search }),
  toHistory: (search = {}) => ({ to: '/staff/companies/$id/history', params: { id }, search }),
});

/** Everything inside shows this company. */
export function OfCompany({ id, children }: { id: string; children: ReactNode }) {
  const reading = useMemo(() => ofCompany(id), [id]);
  return <ReadingContext value={reading}>{children}</ReadingContext>;
}
