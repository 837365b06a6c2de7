import { useQuery } from '@tanstack/react-query';
import { useMaybe, useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { rulesQuery } from './useCard';

/** What holds the card's fill back, in a word or two: «дневной лимит». */
export function useBound(card: CardDetails): string | null {
  const t = useT();
  const maybe = useMaybe();
  const { data } = useQuery(rulesQuery(card.number));
  const reason = card.can_fuel_now?.reason;
  if (!reason) return null;
  // The answer tells how much is left and until when; the limit with the same figures is the one.
  const limit = data?.rules.limits.find(
    ({ remaining, resets_at }) => remaining === reason.remaining && (resets_at ?? null) === (reason.resets_at ?? null),
  );
  if (reason.code === 'limit_exceeded' && limit) return t(`limitName.${limit.period}`);
  return maybe(`bound.${reason.code}`) ?? maybe(`decline.${reason.code}`) ?? reason.message;
}
