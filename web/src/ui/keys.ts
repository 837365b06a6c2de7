import { useEffect, type KeyboardEvent as ReactKeyboardEvent } from 'react';

interface Chord {
  /** The physical key, so that it works on a Russian layout too. */
  code: string;
  /** With Ctrl, or Command on a Mac. */
  mod?: boolean;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Runs `act` when the chord is pressed anywhere on the page, except a bare key inside a field. */
export function useKey({ code, mod = false }: Chord, act: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== code || event.altKey || event.shiftKey || (event.ctrlKey || event.metaKey) !== mod) return;
      if (!mod && isTyping(event.target)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [code, mod, act]);
}

/** On a table's body: the arrows move between the rows' main links or buttons, `data-row`, or between their boxes, `data-pick`. */
export function walkRows(event: ReactKeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || (isTyping(event.target) && event.target instanceof HTMLSelectElement)) return;
  const picking = event.target instanceof HTMLElement && event.target.matches('[data-pick]');
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(picking ? '[data-pick]' : '[data-row]')];
  const here = rows.findIndex((row) => row === event.target || row.closest('tr')?.contains(event.target as Node));
  const next = rows[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
