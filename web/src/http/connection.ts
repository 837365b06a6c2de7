import { createFlag } from './flag';

const reachable = createFlag(navigator.onLine);
window.addEventListener('offline', () => reachable.set(false));
window.addEventListener('online', () => reachable.set(true));

/** Whether the server answers, as the last request saw it. */
export const connection = {
  answered: () => reachable.set(true),
  lost: () => reachable.set(false),
  useReachable: reachable.useValue,
};
