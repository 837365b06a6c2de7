import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { cardFilters, historyFilters, journalFilters, reconciliationSearch } from '@/search';
import { staff } from './frames';
import { later, only } from './page';

/** Around the pages of one company. */
const company = createRoute({
  getParentRoute: () => staff,
  path: '/companies/$id',
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/company/CompanyFrame')), 'CompanyFrame'),
});
const companyOverview = createRoute({
  getParentRoute: () => company,
  path: '/',
  component: lazyRouteComponent(() => import('@/pages/company/CompanyOverviewPage'), 'CompanyOverviewPage'),
});
const companyCards = createRoute({
  getParentRoute: () => company,
  path: '/cards',
  validateSearch: cardFilters,
  component: lazyRouteComponent(() => import('@/pages/company/CompanyCardsPage'), 'CompanyCardsPage'),
});
const companyBudget = createRoute({
  getParentRoute: () => company,
  path: '/budget',
  component: lazyRouteComponent(() => import('@/pages/budget/BudgetBoard'), 'BudgetBoard'),
});
const companyExceptions = createRoute({
  getParentRoute: () => company,
  path: '/exceptions',
  component: lazyRouteComponent(() => import('@/pages/exceptions/CompanyExceptionsPage'), 'CompanyExceptionsPage'),
});
const companyHistory = createRoute({
  getParentRoute: () => company,
  path: '/history',
  validateSearch: historyFilters,
  component: lazyRouteComponent(() => import('@/pages/company/CompanyHistoryPage'), 'CompanyHistoryPage'),
});
const companyPapers = createRoute({
  getParentRoute: () => company,
  path: '/documents',
  validateSearch: reconciliationSearch,
  component: lazyRouteComponent(() => later(import('@/pages/papers/CompanyPapersPage')), 'CompanyPapersPage'),
});
const companyTickets = createRoute({
  getParentRoute: () => company,
  path: '/tickets',
  component: lazyRouteComponent(() => import('@/pages/company/CompanyTicketsPage'), 'CompanyTicketsPage'),
});
const companyPeople = createRoute({
  getParentRoute: () => company,
  path: '/people',
  component: lazyRouteComponent(() => import('@/pages/company/CompanyPeoplePage'), 'CompanyPeoplePage'),
});
const companyJournal = createRoute({
  getParentRoute: () => company,
  path: '/journal',
  validateSearch: journalFilters,
  component: lazyRouteComponent(() => import('@/pages/company/CompanyJournalPage'), 'CompanyJournalPage'),
});

/** A company as its people see it, at the desk. */
export const companyPages = company.addChildren([
  companyOverview, companyCards, companyBudget, companyExceptions, companyHistory,
  companyPapers, companyTickets, companyPeople, companyJournal,
]);
