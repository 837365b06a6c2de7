import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PreferencesView } from '@/api/types.gen';
import { noticeOf, placeOf, type Say } from '@/frame/notices';
import { en } from '@/i18n/en';
import { ru } from '@/i18n/ru';
import { chosen } from '@/pages/settings/choices';

const say: Say = {
  card: (number) => `card ${number}`, roubles: (amount) => `${amount} r`, litres: (amount) => `${amount} l`, day: (day) => day,
  title: (russian, english) => english || russian,
};
const server = readFileSync(join(import.meta.dirname, '../../shared/src/domain/notice.rs'), 'utf8').split('#[cfg(test)]')[0] ?? '';

/** The variants of an enum of the server, as the wire has them. */
function variants(name: string): string[] {
  const body = server.split(`pub enum ${name} {`)[1]?.split('\n}')[0] ?? '';
  const names = [...body.matchAll(/^ {4}([A-Z]\w+)/gm)].map(([, variant]) => variant ?? '');
  return names.map((variant) => variant.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase());
}

describe('a line of the bell', () => {
  it('has a sentence for every event that the server tells of', () => {
    const events = variants('Event');
    expect(events.length).toBeGreaterThan(6);
    expect(events.filter((event) => noticeOf({ event }, say) === null)).toEqual([]);
  });

  it('says whose, how much and who', () => {
    expect(noticeOf({ event: 'card_blocked', card: '7', by_staff: true }, say)).toEqual({
      id: 'notice.card_blocked_by_staff', values: { card: 'card 7' },
    });
    expect(noticeOf({ event: 'low_balance', available: '-1.00', threshold: '5.00' }, say)?.values).toEqual({
      available: '-1.00 r', threshold: '5.00 r',
    });
    expect(noticeOf({ event: 'ticket_answered', number: 12 }, say)?.values).toEqual({ number: '12' });
    expect(noticeOf({ event: 'new_device', address: '' }, say)?.id).toBe('notice.new_device');
    expect(noticeOf({ event: 'something_newer' }, say)).toBeNull();
  });

  it('leads to its page, whatever the page asks for', () => {
    expect(placeOf('/cards/7826')).toEqual({ to: '/cards/7826', search: {} });
    expect(placeOf('/history?from=2026-11-16&to=2026-11-22')).toEqual({ to: '/history', search: { from: '2026-11-16', to: '2026-11-22' } });
  });
});

describe('a kind of notification', () => {
  it('has a name and a meaning in both languages', () => {
    const kinds = variants('NoticeKind');
    expect(kinds.length).toBe(9);
    for (const messages of [ru, en]) {
      expect(kinds.filter((kind) => !(`noticeKind.${kind}` in messages) || !(`noticeWhat.${kind}` in messages))).toEqual([]);
    }
  });

  it('is wanted or not by one way and for itself alone', () => {
    const own: PreferencesView = {
      language: null,
      email: null,
      mail_returned: false,
      notifications: [{ kind: 'block', mail: true, app: true }, { kind: 'ticket', mail: true, app: false }],
    };
    expect(chosen(own, 'block', 'mail', false).notifications).toEqual([
      { kind: 'block', mail: false, app: true }, { kind: 'ticket', mail: true, app: false },
    ]);
  });
});
