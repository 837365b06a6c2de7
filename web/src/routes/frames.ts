import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { PageMissing } from '@/frame/PageStates';
import { homeOf, requireSession } from '@/session/session';

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: PageMissing,
});

/** Around what everyone may see. */
export const open = createRoute({
  getParentRoute: () => root,
  id: 'open',
  component: lazyRouteComponent(() => import('@/frame/PublicFrame'), 'PublicFrame'),
});

/** Around what whoever is signed in may see, a company's people and OKTAN's alike. */
export const cabinet = createRoute({
  getParentRoute: () => root,
  id: 'cabinet',
  beforeLoad: async ({ context, location }) => ({ session: await requireSession(context.queryClient, location.href) }),
  component: lazyRouteComponent(() => import('@/frame/CabinetFrame'), 'CabinetFrame'),
});

/** What only a company's people are let in to. */
export const client = createRoute({
  getParentRoute: () => cabinet,
  id: 'client',
  beforeLoad: ({ context }) => {
    if (context.session.user.kind !== 'client') throw redirect({ to: homeOf(context.session) });
  },
});

/** What only OKTAN's people are let in to. */
export const staff = createRoute({
  getParentRoute: () => cabinet,
  path: '/staff',
  beforeLoad: ({ context }) => {
    if (context.session.user.kind !== 'staff') throw redirect({ to: '/overview' });
  },
});
