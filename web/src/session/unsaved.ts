import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '@/i18n/message';

let forms = 0;

/** Whether some form on the page holds work that was not saved. */
export const hasUnsaved = () => forms > 0;

/** Tells that a form holds unsaved work: leaving the page asks first, and the session's end does not throw it away. */
export function useUnsaved(dirty: boolean) {
  const t = useT();
  useEffect(() => {
    if (!dirty) return undefined;
    forms += 1;
    return () => {
      forms -= 1;
    };
  }, [dirty]);
  useBlocker({
    shouldBlockFn: () => dirty && !window.confirm(t('common.leaveUnsaved')),
    enableBeforeUnload: dirty,
    disabled: !dirty,
  });
}
