import { createRouter } from '@tanstack/react-router';
import { PageFailed, PageLoading } from '@/frame/PageStates';
import { queryClient } from '@/http/setup';
import { clientPages } from './client';
import { cabinet, root } from './frames';
import { openPages } from './open';
import { sharedPages } from './shared';
import { staffPages } from './staff';

const tree = root.addChildren([openPages, cabinet.addChildren([...sharedPages, clientPages, staffPages])]);

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
