import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import {
  budgetSearch, exceptionsSearch, fleetSearch, historyFilters, invoicesSearch, journalFilters, newTicketSearch,
  reconciliationSearch, spendingSearch, ticketFilters,
} from '@/search';
import { may } from '@/session/may';
import { client } from './frames';
import { later, only } from './page';

const overview = createRoute({
  getParentRoute: () => client,
  path: '/overview',
  component: lazyRouteComponent(() => import('@/pages/overview/OverviewPage'), 'OverviewPage'),
});
const cards = createRoute({
  getParentRoute: () => client,
  path: '/cards',
  validateSearch: fleetSearch,
  component: lazyRouteComponent(() => later(import('@/pages/cards/CardsPage')), 'CardsPage'),
});
const card = createRoute({
  getParentRoute: () => client,
  path: '/cards/$number',
  component: lazyRouteComponent(() => later(import('@/pages/card/CardPage')), 'CardPage'),
});
const rules = createRoute({
  getParentRoute: () => client,
  path: '/cards/$number/rules',
  component: lazyRouteComponent(() => later(import('@/pages/rules/RulesPage')), 'RulesPage'),
});
const pasteLabels = createRoute({
  getParentRoute: () => client,
  path: '/cards/labels',
  beforeLoad: ({ context }) => {
    if (!may(context.session, 'editCard')) throw redirect({ to: '/cards' });
  },
  component: lazyRouteComponent(() => later(import('@/pages/fleet/PasteLabelsPage')), 'PasteLabelsPage'),
});
const templates = createRoute({
  getParentRoute: () => client,
  path: '/cards/templates',
  component: lazyRouteComponent(() => later(import('@/pages/templates/TemplatesPage')), 'TemplatesPage'),
});
const newTemplate = createRoute({
  getParentRoute: () => client,
  path: '/cards/templates/new',
  component: lazyRouteComponent(() => later(import('@/pages/templates/TemplatePage')), 'TemplatePage'),
});
const template = createRoute({
  getParentRoute: () => client,
  path: '/cards/templates/$id',
  component: lazyRouteComponent(() => later(import('@/pages/templates/TemplatePage')), 'TemplatePage'),
});
const budget = createRoute({
  getParentRoute: () => client,
  path: '/budget',
  validateSearch: budgetSearch,
  component: lazyRouteComponent(() => later(import('@/pages/budget/BudgetPage')), 'BudgetPage'),
});
const exceptions = createRoute({
  getParentRoute: () => client,
  path: '/exceptions',
  validateSearch: exceptionsSearch,
  component: lazyRouteComponent(() => later(import('@/pages/exceptions/ExceptionsPage')), 'ExceptionsPage'),
});
const history = createRoute({
  getParentRoute: () => client,
  path: '/history',
  validateSearch: historyFilters,
  component: lazyRouteComponent(() => later(import('@/pages/history/HistoryPage')), 'HistoryPage'),
});
const spending = createRoute({
  getParentRoute: () => client,
  path: '/reports/spending',
  validateSearch: spendingSearch,
  component: lazyRouteComponent(() => later(import('@/pages/spending/SpendingPage')), 'SpendingPage'),
});
const disputes = createRoute({
  getParentRoute: () => client,
  path: '/disputes',
  component: lazyRouteComponent(() => later(import('@/pages/disputes/DisputesPage')), 'DisputesPage'),
});
const dispute = createRoute({
  getParentRoute: () => client,
  path: '/disputes/$id',
  component: lazyRouteComponent(() => later(import('@/pages/disputes/DisputePage')), 'DisputePage'),
});
const documents = createRoute({
  getParentRoute: () => client,
  path: '/documents',
  beforeLoad: ({ context }) => only(context.session, 'papers'),
  component: lazyRouteComponent(() => later(import('@/pages/papers/DocumentsPage')), 'DocumentsPage'),
});
const invoices = createRoute({
  getParentRoute: () => client,
  path: '/invoices',
  validateSearch: invoicesSearch,
  beforeLoad: ({ context }) => only(context.session, 'papers'),
  component: lazyRouteComponent(() => later(import('@/pages/papers/InvoicesPage')), 'InvoicesPage'),
});
const reconciliation = createRoute({
  getParentRoute: () => client,
  path: '/reconciliation',
  validateSearch: reconciliationSearch,
  beforeLoad: ({ context }) => only(context.session, 'papers'),
  component: lazyRouteComponent(() => later(import('@/pages/papers/ReconciliationPage')), 'ReconciliationPage'),
});
const offers = createRoute({
  getParentRoute: () => client,
  path: '/offers',
  component: lazyRouteComponent(() => later(import('@/pages/offers/OffersPage')), 'OffersPage'),
});
const offer = createRoute({
  getParentRoute: () => client,
  path: '/offers/$id',
  component: lazyRouteComponent(() => later(import('@/pages/offers/OfferPage')), 'OfferPage'),
});
const tickets = createRoute({
  getParentRoute: () => client,
  path: '/tickets',
  validateSearch: ticketFilters,
  component: lazyRouteComponent(() => later(import('@/pages/tickets/TicketsPage')), 'TicketsPage'),
});
const newTicket = createRoute({
  getParentRoute: () => client,
  path: '/tickets/new',
  validateSearch: newTicketSearch,
  component: lazyRouteComponent(() => later(import('@/pages/tickets/NewTicketPage')), 'NewTicketPage'),
});
const ticket = createRoute({
  getParentRoute: () => client,
  path: '/tickets/$id',
  component: lazyRouteComponent(() => later(import('@/pages/tickets/TicketPage')), 'TicketPage'),
});
const journal = createRoute({
  getParentRoute: () => client,
  path: '/journal',
  validateSearch: journalFilters,
  component: lazyRouteComponent(() => later(import('@/pages/journal/JournalPage')), 'JournalPage'),
});
const profile = createRoute({
  getParentRoute: () => client,
  path: '/company/profile',
  component: lazyRouteComponent(() => later(import('@/pages/profile/ProfilePage')), 'ProfilePage'),
});
const users = createRoute({
  getParentRoute: () => client,
  path: '/users',
  beforeLoad: ({ context }) => {
    if (!may(context.session, 'manageUsers')) throw redirect({ to: '/overview' });
  },
  component: lazyRouteComponent(() => later(import('@/pages/users/UsersPage')), 'UsersPage'),
});

/** A company's cabinet. */
export const clientPages = client.addChildren([
  overview, cards, card, rules, pasteLabels, templates, newTemplate, template, budget, exceptions,
  history, spending, disputes, dispute, documents, invoices, reconciliation, offers, offer,
  tickets, newTicket, ticket, journal, profile, users,
]);
