import { redirect } from '@tanstack/react-router';
import { laterMessages } from '@/i18n/locale';
import { may, type Act } from '@/session/may';
import { homeOf, type Session } from '@/session/session';

/** A page whose Russian is not in the first load. */
export const later = <Page,>(page: Promise<Page>): Promise<Page> => Promise.all([page, laterMessages()]).then(([loaded]) => loaded);

/** Sends who may not do it to where they may be. */
export function only(session: Session, act: Act) {
  if (!may(session, act)) throw redirect({ to: homeOf(session) });
}
