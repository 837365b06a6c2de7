import { useSyncExternalStore } from 'react';

/** A boolean that lives outside React and can be watched from it. */
export function createFlag(initial: boolean) {
  let value = initial;
  const watchers = new Set<() => void>();
  const subscribe = (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  const get = () => value;
  return {
    get,
    set(next: boolean) {
      if (next === value) return;
      value = next;
      for (const watcher of watchers) watcher();
    },
    useValue: () => useSyncExternalStore(subscribe, get, get),
  };
}
