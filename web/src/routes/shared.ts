import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { articleSearch } from '@/search';
import { cabinet } from './frames';
import { later } from './page';

const security = createRoute({
  getParentRoute: () => cabinet,
  path: '/security',
  component: lazyRouteComponent(() => later(import('@/pages/security/SecurityPage')), 'SecurityPage'),
});
const settings = createRoute({
  getParentRoute: () => cabinet,
  path: '/settings',
  component: lazyRouteComponent(() => later(import('@/pages/settings/SettingsPage')), 'SettingsPage'),
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

/** What a company's people and OKTAN's have alike. */
export const sharedPages = [security, settings, articles, article] as const;
