import { useRef } from 'react';

/** The idempotency key of what is sent: the same for the same words until they are through, so a lost answer costs no second sending. */
export function useOnce() {
  const last = useRef({ what: '', key: '' });
  return {
    keyOf(what: string): string {
      if (last.current.key === '' || last.current.what !== what) last.current = { what, key: crypto.randomUUID() };
      return last.current.key;
    },
    through: () => {
      last.current.key = '';
    },
  };
}
