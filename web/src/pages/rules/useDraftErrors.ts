import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { DraftErrors } from './draft';

/** What stands at the fields: what the server refused, and, once saving was tried, what the form itself found. */
export function useDraftErrors(error: unknown, found: DraftErrors, tried: boolean) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const refused = fieldErrors(error);
  const own = tried ? Object.entries(found).map(([field, what]) => [field, t(`rules.wrong.${what}`)]) : [];
  return { refused, errors: { ...refused, ...Object.fromEntries(own) } as Record<string, string> };
}
