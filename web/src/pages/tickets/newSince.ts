import type { TicketMessage } from '@/model';

/** The last message that somebody else wrote after the first `begun` ones. */
export const newSince = (messages: TicketMessage[], begun: number): TicketMessage | undefined =>
  messages.findLast(({ n, author }) => n > begun && !author.me);
