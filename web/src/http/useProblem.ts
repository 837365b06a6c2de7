import { useCallback } from 'react';
import { useMaybe, useT } from '@/i18n/message';
import { Refused, Unreachable, type RefusedField } from './refused';

/** Says what went wrong and what to do, by the problem's code; an unknown code falls back to the server's words. */
export function useProblem() {
  const t = useT();
  const byId = useMaybe();

  const say = useCallback(
    (error: unknown): string => {
      if (error instanceof Unreachable) return t('problem.unreachable');
      if (!(error instanceof Refused)) return t('problem.unexpected');
      const minutes = Math.max(1, Math.ceil((error.retryAfterSeconds ?? 60) / 60));
      return (
        byId(`problem.${error.code}`, { minutes }) ??
        byId(`field.${error.code}`) ??
        error.detail ??
        byId(`problem.status_${error.status}`, { minutes }) ??
        t('problem.unexpected')
      );
    },
    [byId, t],
  );

  /** What is wrong with one field. */
  const sayField = useCallback(
    (refused: RefusedField): string => byId(`field.${refused.code}`) ?? refused.message,
    [byId],
  );

  /** The field errors of a refusal as a form takes them; empty when it names none. */
  const fieldErrors = useCallback(
    (error: unknown): Record<string, string> =>
      error instanceof Refused
        ? Object.fromEntries(error.fields.map((refused) => [refused.field.replace(/\[(\d+)\]/g, '.$1'), sayField(refused)]))
        : {},
    [sayField],
  );

  /** Why a fill is or would be declined. */
  const sayDecline = useCallback(
    (reason: { code: string; message: string; period?: string | null }): string =>
      (reason.code === 'limit_exceeded' && reason.period ? byId(`declineLimit.${reason.period}`) : null) ??
      byId(`decline.${reason.code}`) ??
      reason.message,
    [byId],
  );

  return { say, sayField, fieldErrors, sayDecline };
}
