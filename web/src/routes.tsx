import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect,
} from '@tanstack/react-router';
import { queryClient } from '@/http/setup';
import { homeOf, requireSession } from '@/session/session';
import { PageFailed, PageLoading, PageMissing } from '@/frame/PageStates';
import { cardFilters, historyFilters, loginSearch, textSearch } from './search';

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
const home = createRoute({
  getParentRoute: () => open,
  path: '/',
  component: lazyRouteComponent(() => import('@/pages/public/HomePage'), 'HomePage'),
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
  component: lazyRouteComponent(() => import('@/pages/sign-in/RecoveryPage'), 'RecoveryPage'),
});
const activation = createRoute({
  getParentRoute: () => open,
  path: '/activation/$token',
  component: lazyRouteComponent(() => import('@/pages/sign-in/ActivationPage'), 'ActivationPage'),
});
const password = createRoute({
  getParentRoute: () => open,
  path: '/password',
  component: lazyRouteComponent(() => import('@/pages/sign-in/PasswordPage'), 'PasswordPage'),
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
  component: lazyRouteComponent(() => import('@/pages/security/SecurityPage'), 'SecurityPage'),
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
  validateSearch: cardFilters,
  component: lazyRouteComponent(() => import('@/pages/cards/CardsPage'), 'CardsPage'),
});
const card = createRoute({
  getParentRoute: () => client,
  path: '/cards/$number',
  component: lazyRouteComponent(() => import('@/pages/card/CardPage'), 'CardPage'),
});
const rules = createRoute({
  getParentRoute: () => client,
  path: '/cards/$number/rules',
  component: lazyRouteComponent(() => import('@/pages/rules/RulesPage'), 'RulesPage'),
});
const history = createRoute({
  getParentRoute: () => client,
  path: '/history',
  validateSearch: historyFilters,
  component: lazyRouteComponent(() => import('@/pages/history/HistoryPage'), 'HistoryPage'),
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
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import('@/pages/staff/CompaniesPage'), 'CompaniesPage'),
});
const newCompany = createRoute({
  getParentRoute: () => staff,
  path: '/companies/new',
  component: lazyRouteComponent(() => import('@/pages/staff/NewCompanyPage'), 'NewCompanyPage'),
});
const company = createRoute({
  getParentRoute: () => staff,
  path: '/companies/$id',
  component: lazyRouteComponent(() => import('@/pages/staff/CompanyPage'), 'CompanyPage'),
});
const stations = createRoute({
  getParentRoute: () => staff,
  path: '/stations',
  component: lazyRouteComponent(() => import('@/pages/staff/StationsPage'), 'StationsPage'),
});

const tree = root.addChildren([
  open.addChildren([home, login, recovery, activation, password]),
  cabinet.addChildren([
    security,
    client.addChildren([overview, cards, card, rules, history]),
    staff.addChildren([companies, newCompany, company, stations]),
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
