import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { articleSearch, companyFilters, deskSearch, journalFilters, newArticleSearch, queueFilters } from '@/search';
import { companyPages } from './company';
import { staff } from './frames';
import { later, only } from './page';

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
const companyCard = createRoute({
  getParentRoute: () => staff,
  path: '/companies/$id/cards/$number',
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/company/CompanyCardPage')), 'CompanyCardPage'),
});
const unmatched = createRoute({
  getParentRoute: () => staff,
  path: '/payments',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'takePayments'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/UnmatchedPage')), 'UnmatchedPage'),
});
const bank = createRoute({
  getParentRoute: () => staff,
  path: '/payments/import',
  beforeLoad: ({ context }) => only(context.session, 'takePayments'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/BankPage')), 'BankPage'),
});
const requisites = createRoute({
  getParentRoute: () => staff,
  path: '/requisites',
  beforeLoad: ({ context }) => only(context.session, 'requisites'),
  component: lazyRouteComponent(() => later(import('@/pages/papers/RequisitesPage')), 'RequisitesPage'),
});
const approvals = createRoute({
  getParentRoute: () => staff,
  path: '/approvals',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'seeCompanies'),
  component: lazyRouteComponent(() => later(import('@/pages/staff/ApprovalsPage')), 'ApprovalsPage'),
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
const messages = createRoute({
  getParentRoute: () => staff,
  path: '/messages',
  validateSearch: deskSearch,
  beforeLoad: ({ context }) => only(context.session, 'answer'),
  component: lazyRouteComponent(() => later(import('@/pages/content/MessagesPage')), 'MessagesPage'),
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

/** The staff desk. */
export const staffPages = staff.addChildren([
  companyPages,
  companies, newCompany, register, companyCard,
  unmatched, bank, requisites, approvals,
  claims, claimOnDesk, queue, staffTicket, staffDisputes, staffDispute, messages,
  stations, stationText, prices, products,
  news, newNews, newsPiece, promotions, newPromotion, promotion, staffArticles, newArticle, articlePiece,
  staffJournal, staffUsers,
]);
