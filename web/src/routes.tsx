import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect,
} from '@tanstack/react-router';
import { queryClient } from '@/http/setup';
import { may, type Act } from '@/session/may';
import { homeOf, requirePerson, requireSession, type Session } from '@/session/session';
import { PageFailed, PageLoading, PageMissing } from '@/frame/PageStates';
import { laterMessages } from '@/i18n/locale';
import {
  articleSearch, budgetSearch, cardFilters, companyFilters, deskSearch, exceptionsSearch, fleetSearch, historyFilters, invoicesSearch, journalFilters,
  loginSearch, newArticleSearch, newTicketSearch, queueFilters, reconciliationSearch, spendingSearch, ticketFilters,
} from './search';

/** A page whose Russian is not in the first load. */
const later = <Page,>(page: Promise<Page>): Promise<Page> => Promise.all([page, laterMessages()]).then(([loaded]) => loaded);

/** Sends who may not do it to where they may be. */
function only(session: Session, act: Act) {
  if (!may(session, act)) throw redirect({ to: homeOf(session) });
}

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: PageMissing,
});

// For everyone.
const open = createRoute({
  getParentRoute: () => root,
  id: 'open',
  component: lazyRouteComponent(() => import('@/frame/PublicFrame'), 'PublicFrame'),
});
const login = createRoute({
  getParentRoute: () => open,
  path: '/login',
  validateSearch: loginSearch,
  component: lazyRouteComponent(() => import('@/pages/sign-in/LoginPage'), 'LoginPage'),
});
const recovery = createRoute({
  getParentRoute: () => open,
  path: '/recovery',
  component: lazyRouteComponent(() => later(import('@/pages/recovery/RequestPage')), 'RequestPage'),
});
const claim = createRoute({
  getParentRoute: () => open,
  path: '/recovery/claim',
  component: lazyRouteComponent(() => later(import('@/pages/recovery/ClaimPage')), 'ClaimPage'),
});
const confirm = createRoute({
  getParentRoute: () => open,
  path: '/recovery/$token',
  component: lazyRouteComponent(() => later(import('@/pages/recovery/ConfirmPage')), 'ConfirmPage'),
});
const unsubscribe = createRoute({
  getParentRoute: () => open,
  path: '/unsubscribe/$token',
  component: lazyRouteComponent(() => later(import('@/pages/unsubscribe/UnsubscribePage')), 'UnsubscribePage'),
});
const activation = createRoute({
  getParentRoute: () => open,
  path: '/activation/$token',
  component: lazyRouteComponent(() => import('@/pages/sign-in/ActivationPage'), 'ActivationPage'),
});
const password = createRoute({
  getParentRoute: () => open,
  path: '/password',
  validateSearch: loginSearch,
  component: lazyRouteComponent(() => import('@/pages/sign-in/PasswordPage'), 'PasswordPage'),
});
const secondFactor = createRoute({
  getParentRoute: () => open,
  path: '/second-factor',
  beforeLoad: async ({ context, location }) => {
    const session = await requirePerson(context.queryClient, location.href);
    if (!session.totp.required || session.totp.enabled) throw redirect({ to: '/security' });
  },
  component: lazyRouteComponent(() => later(import('@/pages/sign-in/SecondFactorPage')), 'SecondFactorPage'),
});

// For whoever is signed in.
const cabinet = createRoute({
  getParentRoute: () => root,
  id: 'cabinet',
  beforeLoad: async ({ context, location }) => ({ session: await requireSession(context.queryClient, location.href) }),
  component: lazyRouteComponent(() => import('@/frame/CabinetFrame'), 'CabinetFrame'),
});
const security = createRoute({
  getParentRoute: () => cabinet,
  path: '/security',
  component: lazyRouteComponent(() => later(import('@/pages/security/SecurityPage')), 'SecurityPage'),
});
const articles = createRoute({
  getParentRoute: () => cabinet,
  path: '/articles',
  validateSearch: articleSearch,
  component: lazyRouteComponent(() => later(import('@/pages/articles/ArticlesPage')), 'ArticlesPage'),
});
const article = createRoute({
  getParentRoute: () => cabinet,
  path: '/articles/$slug',
  validateSearch: articleSearch,
  component: lazyRouteComponent(() => later(import('@/pages/articles/ArticlePage')), 'ArticlePage'),
});

const settings = createRoute({
  getParentRoute: () => cabinet,
  path: '/settings',
  component: lazyRouteComponent(() => later(import('@/pages/settings/SettingsPage')), 'SettingsPage'),
});

// For a company's people.
const client = createRoute({
  getParentRoute: () => cabinet,
  id: 'client',
  beforeLoad: ({ context }) => {
    if (context.session.user.kind !== 'client') throw redirect({ to: homeOf(context.session) });
  },
});
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
const pasteLabels = createRoute({
  getParentRoute: () => client,
  path: '/cards/labels',
  beforeLoad: ({ context }) => {
    if (!may(context.session, 'editCard')) throw redirect({ to: '/cards' });
  },
  component: lazyRouteComponent(() => later(import('@/pages/fleet/PasteLabelsPage')), 'PasteLabelsPage'),
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
const rules = createRoute({
  getParentRoute: () => client,
  path: '/cards/$number/rules',
  component: lazyRouteComponent(() => later(import('@/pages/rules/RulesPage')), 'RulesPage'),
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
const tickets = createRoute({
  getParentRoute: () => client,
  path: '/tickets',
  validateSearch: ticketFilters,
  component: lazyRouteComponent(() => later(import('@/pages/tickets/TicketsPage')), 'TicketsPage'),
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
const spending = createRoute({
  getParentRoute: () => client,
  path: '/reports/spending',
  validateSearch: spendingSearch,
  component: lazyRouteComponent(() => later(import('@/pages/spending/SpendingPage')), 'SpendingPage'),
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

// For OKTAN's people.
const staff = createRoute({
  getParentRoute: () => cabinet,
  path: '/staff',
  beforeLoad: ({ context }) => {
    if (context.session.user.kind !== 'staff') throw redirect({ to: '/overview' });
  },
});
const companies = createRoute({
  getParentRoute: () => staff,
  path: '/companies',
  validateSearch: companyFilters,
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/CompaniesPage')), 'CompaniesPage'),
});
const newCompany = createRoute({
  getParentRoute: () => staff,
  path: '/companies/new',
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/NewCompanyPage')), 'NewCompanyPage'),
});
const register = createRoute({
  getParentRoute: () => staff,
  path: '/companies/import',
  beforeLoad: ({ context }) => only(context.session, 'provision'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/RegisterPage')), 'RegisterPage'),
});
const requisites = createRoute({
  getParentRoute: () => staff,
  path: '/requisites',
  beforeLoad: ({ context }) => only(context.session, 'requisites'),
  component: lazyRouteComponent(() => later(import('@/pages/papers/RequisitesPage')), 'RequisitesPage'),
});
const unmatched = createRoute({
  getParentRoute: () => staff,
  path: '/payments',
  beforeLoad: ({ context }) => only(context.session, 'takePayments'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/UnmatchedPage')), 'UnmatchedPage'),
});
const bank = createRoute({
  getParentRoute: () => staff,
  path: '/payments/import',
  beforeLoad: ({ context }) => only(context.session, 'takePayments'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/BankPage')), 'BankPage'),
});
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
const companyCard = createRoute({
  getParentRoute: () => staff,
  path: '/companies/$id/cards/$number',
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/company/CompanyCardPage')), 'CompanyCardPage'),
});
const stations = createRoute({
  getParentRoute: () => staff,
  path: '/stations',
  component: lazyRouteComponent(() => later(import('@/pages/staff/StationsPage')), 'StationsPage'),
});
const stationText = createRoute({
  getParentRoute: () => staff,
  path: '/stations/$code',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/StationTextPage')), 'StationTextPage'),
});
const prices = createRoute({
  getParentRoute: () => staff,
  path: '/prices',
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/catalogue/PricesPage')), 'PricesPage'),
});
const products = createRoute({
  getParentRoute: () => staff,
  path: '/products',
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/catalogue/ProductsPage')), 'ProductsPage'),
});
const news = createRoute({
  getParentRoute: () => staff,
  path: '/news',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/NewsPage')), 'NewsPage'),
});
const newNews = createRoute({
  getParentRoute: () => staff,
  path: '/news/new',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/NewsEditPage')), 'NewNewsPage'),
});
const newsPiece = createRoute({
  getParentRoute: () => staff,
  path: '/news/$id',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/NewsEditPage')), 'NewsEditPage'),
});
const staffArticles = createRoute({
  getParentRoute: () => staff,
  path: '/articles',
  validateSearch: articleSearch,
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/StaffArticlesPage')), 'StaffArticlesPage'),
});
const newArticle = createRoute({
  getParentRoute: () => staff,
  path: '/articles/new',
  validateSearch: newArticleSearch,
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/ArticleEditPage')), 'NewArticlePage'),
});
const articlePiece = createRoute({
  getParentRoute: () => staff,
  path: '/articles/$language/$slug',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/content/ArticleEditPage')), 'ArticleEditPage'),
});
const queue = createRoute({
  getParentRoute: () => staff,
  path: '/tickets',
  validateSearch: queueFilters,
  beforeLoad: ({ context }) => only(context.session, 'answer'),
  component: lazyRouteComponent(() => later(import('@/pages/desk/QueuePage')), 'QueuePage'),
});
const staffTicket = createRoute({
  getParentRoute: () => staff,
  path: '/tickets/$id',
  beforeLoad: ({ context }) => only(context.session, 'answer'),
  component: lazyRouteComponent(() => later(import('@/pages/desk/StaffTicketPage')), 'StaffTicketPage'),
});
const staffDisputes = createRoute({
  getParentRoute: () => staff,
  path: '/disputes',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'answer'),
  component: lazyRouteComponent(() => later(import('@/pages/desk/DisputesPage')), 'DisputesPage'),
});
const staffDispute = createRoute({
  getParentRoute: () => staff,
  path: '/disputes/$id',
  beforeLoad: ({ context }) => only(context.session, 'answer'),
  component: lazyRouteComponent(() => later(import('@/pages/desk/StaffDisputePage')), 'StaffDisputePage'),
});
const promotions = createRoute({
  getParentRoute: () => staff,
  path: '/promotions',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/promotions/PromotionsPage')), 'PromotionsPage'),
});
const newPromotion = createRoute({
  getParentRoute: () => staff,
  path: '/promotions/new',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/promotions/PromotionEditPage')), 'NewPromotionPage'),
});
const promotion = createRoute({
  getParentRoute: () => staff,
  path: '/promotions/$id',
  beforeLoad: ({ context }) => only(context.session, 'content'),
  component: lazyRouteComponent(() => later(import('@/pages/promotions/PromotionEditPage')), 'PromotionEditPage'),
});
const messages = createRoute({
  getParentRoute: () => staff,
  path: '/messages',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'answer'),
  component: lazyRouteComponent(() => later(import('@/pages/content/MessagesPage')), 'MessagesPage'),
});
const claims = createRoute({
  getParentRoute: () => staff,
  path: '/recovery',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'desk'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/ClaimsPage')), 'ClaimsPage'),
});
const claimOnDesk = createRoute({
  getParentRoute: () => staff,
  path: '/recovery/$id',
  beforeLoad: ({ context }) => only(context.session, 'desk'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/ClaimPage')), 'ClaimPage'),
});
const approvals = createRoute({
  getParentRoute: () => staff,
  path: '/approvals',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/ApprovalsPage')), 'ApprovalsPage'),
});
const staffJournal = createRoute({
  getParentRoute: () => staff,
  path: '/journal',
  validateSearch: journalFilters,
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/StaffJournalPage')), 'StaffJournalPage'),
});
const staffUsers = createRoute({
  getParentRoute: () => staff,
  path: '/users',
  beforeLoad: ({ context }) => only(context.session, 'staffAccounts'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/StaffUsersPage')), 'StaffUsersPage'),
});

const tree = root.addChildren([
  open.addChildren([login, recovery, claim, confirm, unsubscribe, activation, password, secondFactor]),
  cabinet.addChildren([
    security, settings, articles, article,
    client.addChildren([
      overview, cards, pasteLabels, templates, newTemplate, template, card, rules, budget, exceptions, history, spending, documents, invoices, reconciliation, offers, offer,
      tickets, newTicket, ticket, disputes, dispute, journal, profile, users,
    ]),
    staff.addChildren([
      companies, newCompany, register, unmatched, bank, requisites,
      company.addChildren([companyOverview, companyCards, companyBudget, companyExceptions, companyHistory, companyPapers, companyTickets, companyPeople, companyJournal]), companyCard, stations, stationText, prices, products, news, newNews, newsPiece,
      promotions, newPromotion, promotion, staffArticles, newArticle, articlePiece, queue, staffTicket, staffDisputes, staffDispute, messages, claims, claimOnDesk, approvals, staffJournal, staffUsers,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
  // Every value in the URL is text: a card's 19 digits must not become a number.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const kept = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
    const text = new URLSearchParams(kept as [string, string][]).toString();
    return text && `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
