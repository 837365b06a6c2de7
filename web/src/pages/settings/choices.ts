import type { NotificationKind, PreferencesView } from '@/api/types.gen';

export type Way = 'mail' | 'app';

/** What a person chose, with one kind wanted or not by one way. */
export const chosen = (own: PreferencesView, kind: NotificationKind, way: Way, on: boolean): PreferencesView => ({
  ...own,
  notifications: own.notifications.map((choice) => (choice.kind === kind ? { ...choice, [way]: on } : choice)),
});
