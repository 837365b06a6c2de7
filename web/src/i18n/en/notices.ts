import type { notices as russian } from '../ru/notices';

export const notices: Record<keyof typeof russian, string> = {
  'noticeKind.low_balance': 'Money is running out',
  'noticeKind.block': 'A card is blocked',
  'noticeKind.decline': 'A fill is declined',
  'noticeKind.exception': 'A fill above a limit is granted',
  'noticeKind.new_device': 'A sign-in from a new device',
  'noticeKind.ticket': 'An answer to a ticket',
  'noticeKind.promotion': 'A new promotion',
  'noticeKind.weekly_summary': 'The week in figures',
};
