import { expect, test } from 'vitest';
import { newSince } from '@/pages/tickets/newSince';

const message = (n: number, me: boolean) => ({ n, at: '2026-11-23T00:00:00Z', body: 'x', author: { kind: 'staff', role: 'operator', me } });

test('what somebody else wrote after an answer was begun is told of, the last of it', () => {
  const messages = [message(1, false), message(2, true), message(3, false), message(4, false)];
  expect(newSince(messages, 2)?.n).toBe(4);
  expect(newSince(messages, 4)).toBeUndefined();
});

test('one’s own words are no news', () => {
  expect(newSince([message(1, false), message(2, true)], 1)).toBeUndefined();
});
