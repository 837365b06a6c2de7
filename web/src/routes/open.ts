import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { loginSearch } from '@/search';
import { requirePerson } from '@/session/session';
import { open } from './frames';
import { later } from './page';

const login = createRoute({
  getParentRoute: () => open,
  path: '/login',
  validateSearch: loginSearch,
  component: lazyRouteComponent(() => import('@/pages/sign-in/LoginPage'), 'LoginPage'),
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
const activation = createRoute({
  getParentRoute: () => open,
  path: '/activation/$token',
  component: lazyRouteComponent(() => import('@/pages/sign-in/ActivationPage'), 'ActivationPage'),
});
const recovery = createRoute({
  getParentRoute: () => open,
  path: '/recovery',
  component: lazyRouteComponent(() => later(import('@/pages/recovery/RequestPage')), 'RequestPage'),
});
const confirm = createRoute({
  getParentRoute: () => open,
  path: '/recovery/$token',
  component: lazyRouteComponent(() => later(import('@/pages/recovery/ConfirmPage')), 'ConfirmPage'),
});
const claim = createRoute({
  getParentRoute: () => open,
  path: '/recovery/claim',
  component: lazyRouteComponent(() => later(import('@/pages/recovery/ClaimPage')), 'ClaimPage'),
});
const unsubscribe = createRoute({
  getParentRoute: () => open,
  path: '/unsubscribe/$token',
  component: lazyRouteComponent(() => later(import('@/pages/unsubscribe/UnsubscribePage')), 'UnsubscribePage'),
});

/** The way in, and what a mail's link opens. */
export const openPages = open.addChildren([
  login, password, secondFactor, activation,
  recovery, confirm, claim, unsubscribe,
]);
