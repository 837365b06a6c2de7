import type { NotificationView } from '@/api/types.gen';
import type { MessageId } from '@/i18n/message';

type Facts = NotificationView['facts'];

/** A page's address as a link takes it. */
export function placeOf(page: string): { to: string; search: Record<string, string> } {
  const [to = '/', query = ''] = page.split('?');
  return { to, search: Object.fromEntries(new URLSearchParams(query)) };
}

/** How a fact is written within a sentence. */
export interface Say {
  card: (number: string) => string;
  roubles: (amount: string) => string;
  litres: (amount: string) => string;
  day: (day: string) => string;
  /** A title in the reader's language, where there is one. */
  title: (russian: string, english: string) => string;
}

/** What happened, as a message and what stands in it; nothing for an event that this page does not know yet. */
export function noticeOf(facts: Facts, say: Say): { id: MessageId; values: Record<string, string | number> } | null {
  const text = (name: string) => {
    const fact = (facts as Record<string, unknown>)[name];
    return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '';
  };
  const byStaff = (facts as { by_staff?: unknown }).by_staff === true;
  switch (text('event')) {
    case 'low_balance':
      return { id: 'notice.low_balance', values: { available: say.roubles(text('available')), threshold: say.roubles(text('threshold')) } };
    case 'card_blocked':
      return { id: byStaff ? 'notice.card_blocked_by_staff' : 'notice.card_blocked', values: { card: say.card(text('card')) } };
    case 'cards_blocked':
      return { id: byStaff ? 'notice.cards_blocked_by_staff' : 'notice.cards_blocked', values: {} };
    case 'fill_declined':
      return { id: 'notice.fill_declined', values: { card: say.card(text('card')) } };
    case 'exception_granted':
      return { id: 'notice.exception_granted', values: { card: say.card(text('card')), litres: say.litres(text('litres')) } };
    case 'new_device':
      return text('address')
        ? { id: 'notice.new_device_from', values: { address: text('address') } }
        : { id: 'notice.new_device', values: {} };
    case 'ticket_answered':
      return { id: 'notice.ticket_answered', values: { number: text('number') } };
    case 'dispute_decided':
      return text('refunded')
        ? { id: 'notice.dispute_refunded', values: { number: text('number'), amount: say.roubles(text('refunded')) } }
        : { id: 'notice.dispute_refused', values: { number: text('number') } };
    case 'promotion_opened':
      return { id: 'notice.promotion_opened', values: { title: say.title(text('title'), text('title_en')) } };
    case 'weekly_summary':
      return { id: 'notice.weekly_summary', values: { from: say.day(text('from')), to: say.day(text('to')) } };
    default:
      return null;
  }
}
