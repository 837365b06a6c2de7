import { useQuery, type QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { getV1SessionOptions } from '@/api/@tanstack/react-query.gen';
import type { GetV1SessionResponse } from '@/api/types.gen';
import { HOUSE_ZONE } from '@/format/dates';
import { isRefused, Refused } from '@/http/refused';

export type Session = GetV1SessionResponse;

export const sessionQuery = { ...getV1SessionOptions(), staleTime: 60_000, retry: false } as const;

/** What a person must do before anything else; the server refuses the rest until then. */
export function pending(session: Session): '/password' | '/second-factor' | null {
  if (session.must_change_password) return '/password';
  return session.totp.required && !session.totp.enabled ? '/second-factor' : null;
}

/** Where a person lands after signing in. */
export function homeOf(session: Session): string {
  const first = pending(session);
  if (first) return first;
  if (session.user.kind === 'client') return '/overview';
  return session.user.role === 'editor' ? '/staff/stations' : '/staff/companies';
}

/** The zone a person's dates and times are in: their company's, for its days and months turn there. */
export const zoneOf = (session: Session | undefined): string => session?.company?.time_zone ?? HOUSE_ZONE;

/** Only a path of this site is followed after sign-in. */
export function safeNext(next: string | undefined): string | null {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : null;
}

/** Who is signed in and has nothing pending; sends a stranger to the sign-in page, and back here afterwards. */
export async function requireSession(queryClient: QueryClient, next: string): Promise<Session> {
  const session = await requirePerson(queryClient, next);
  const first = pending(session);
  if (first) throw redirect({ to: first });
  return session;
}

/** Who is signed in, whatever is pending. */
export async function requirePerson(queryClient: QueryClient, next: string): Promise<Session> {
  try {
    return await queryClient.ensureQueryData(sessionQuery);
  } catch (error) {
    if (isRefused(error, 'password_change_required')) throw redirect({ to: '/password' });
    if (isRefused(error, 'totp_setup_required')) throw redirect({ to: '/second-factor' });
    if (error instanceof Refused && error.status === 401) throw redirect({ to: '/login', search: { next } });
    throw error;
  }
}

/** The signed-in person's session. Pages behind the frame always have one; it is kept fresh for its end's time. */
export function useSession(): Session {
  const { data } = useQuery({ ...sessionQuery, refetchInterval: 60_000 });
  if (!data) throw new Error('a page behind sign-in was drawn without a session');
  return data;
}
