import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { client } from '@/api/client.gen';
import { sessionEnded } from '@/session/ended';
import { connection } from './connection';
import { Refused, Unreachable } from './refused';
import { serverClock } from './serverClock';

client.setConfig({ baseUrl: '', credentials: 'same-origin' });

client.interceptors.response.use((response) => {
  connection.answered();
  serverClock.heard(response);
  return response;
});

client.interceptors.error.use((error, response) => {
  if (response) return new Refused(response, error);
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  connection.lost();
  return new Unreachable();
});

/** A question that was refused is not asked again; one that got no answer is, twice. */
function retry(failures: number, error: unknown): boolean {
  if (error instanceof Refused) return error.status === 503 && failures < 2;
  return failures < 2;
}

/** Refusals of a sign-in; they say nothing of the session there is. */
const AT_SIGN_IN = new Set(['invalid_credentials', 'totp_required', 'totp_wrong']);

function noticeEnd(error: unknown) {
  if (error instanceof Refused && error.status === 401 && !AT_SIGN_IN.has(error.code)) sessionEnded.set(true);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: { retry, staleTime: 2_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** How often a page that must be live asks again. */
export const LIVE_MS = 3_500;
