import { useCallback, useState } from 'react';
import { useSession } from './session';

const PREFIX = 'oktan-draft ';

/** Storage may be off: then a draft lasts as long as the page. */
function stored<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
}

/** What somebody has begun to write, kept in this browser until it is sent or they sign out; an empty text is no draft. */
export function useDraft(name: string): [text: string, write: (text: string) => void] {
  const { user } = useSession();
  const key = `${PREFIX}${user.login} ${name}`;
  const [text, setText] = useState(() => stored((storage) => storage.getItem(key)) ?? '');
  const write = useCallback(
    (next: string) => {
      setText(next);
      stored((storage) => (next === '' ? storage.removeItem(key) : storage.setItem(key, next)));
    },
    [key],
  );
  return [text, write];
}

/** Whoever signs out leaves no drafts to the next one at this computer. */
export function forgetDrafts() {
  stored((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  });
}
