import type { NotificationView } from '@/api/types.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import { useCardNames } from '@/ui/trade/useCardNames';
import { noticeOf } from './notices';

/** A line of the bell as a sentence; of an event that is newer than this page, at least its kind. */
export function useNoticeWords(): (line: NotificationView) => string {
  const t = useT();
  const format = useFormat();
  const names = useCardNames(useSession().user.kind === 'client');
  return ({ facts, kind }) => {
    const found = noticeOf(facts, {
      card: (number) => names.get(number) ?? groupedNumber(number),
      roubles: format.roubles,
      litres: (amount) => format.quantity(amount, 'litre'),
      day: format.date,
      title: (russian, english) => (format.locale === 'en' && english ? english : russian),
    });
    return found ? t(found.id, found.values) : t(`noticeKind.${kind}`);
  };
}
