import { queryClient } from '@/http/setup';
import { sessionEnded } from './ended';

/** Drops everything the page knows of the person who was signed in. */
export function forgetPerson() {
  queryClient.clear();
  sessionEnded.set(false);
}
