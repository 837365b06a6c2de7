import { useMaybe, useT } from '@/i18n/message';
import type { CardDetails } from '@/model';

/** What holds the card's fill back, in a word or two: «дневной лимит». */
export function useBound(card: CardDetails): string | null {
  const t = useT();
  const maybe = useMaybe();
  const reason = card.can_fuel_now?.reason;
  if (!reason) return null;
  if (reason.code === 'limit_exceeded' && reason.period) return t(`limitName.${reason.period}`);
  return maybe(`bound.${reason.code}`) ?? maybe(`decline.${reason.code}`) ?? reason.message;
}
