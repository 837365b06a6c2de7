import { useCallback, useMemo, useRef, useState } from 'react';

export interface Selection {
  picked: ReadonlySet<string>;
  /** Turns one on or off; as a range, all between it and the one before, to the same state. */
  toggle: (number: string, range: boolean) => void;
  /** Every row shown, or none of them. */
  toggleShown: () => void;
  shown: 'none' | 'some' | 'all';
  clear: () => void;
}

/** Which of the rows shown are picked; a row that leaves the list is not picked any more. */
export function useSelection(shownNumbers: string[]): Selection {
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const picked = useMemo(() => new Set(shownNumbers.filter((number) => wanted.has(number))), [shownNumbers, wanted]);

  const toggle = useCallback(
    (number: string, range: boolean) => {
      const on = !picked.has(number);
      const [from, to] = [shownNumbers.indexOf(last.current ?? number), shownNumbers.indexOf(number)];
      const touched =
        range && from >= 0 ? shownNumbers.slice(Math.min(from, to), Math.max(from, to) + 1) : [number];
      last.current = number;
      setWanted(() => {
        const next = new Set(picked);
        for (const one of touched) if (on) next.add(one);
        else next.delete(one);
        return next;
      });
    },
    [picked, shownNumbers],
  );
  const shown = picked.size === 0 ? 'none' : picked.size === shownNumbers.length ? 'all' : 'some';
  const toggleShown = useCallback(
    () => setWanted(shown === 'all' ? new Set() : new Set(shownNumbers)),
    [shown, shownNumbers],
  );
  const clear = useCallback(() => setWanted(new Set()), []);
  return { picked, toggle, toggleShown, shown, clear };
}
