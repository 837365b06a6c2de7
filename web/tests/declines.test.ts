import { describe, expect, it } from 'vitest';
import type { Entry, Exception } from '@/model';
import { askings, remaining } from '@/pages/exceptions/declines';

const CARD = '7826915967521722897';
const limit = { code: 'limit_exceeded', message: '', requested: '40.000' };
const station = { code: 'station_not_allowed', message: '', requested: '40.000' };

const decline = (at: string, own: Partial<Entry> = {}): Entry => ({
  id: at,
  at: `2026-11-23T${at}:00Z`,
  type: 'decline',
  amount: '0.00',
  discount: '0.00',
  flags: [],
  vat_rate: null,
  card_number: CARD,
  reasons: [limit],
  reason: limit,
  ...own,
});

const granted = (at: string, own: Partial<Exception> = {}): Exception => ({
  id: `${CARD}-1`,
  number: CARD,
  label: '',
  product: 'DT',
  litres: '40.000',
  granted_at: `2026-11-23T${at}:00Z`,
  until: '2026-11-23T23:00:00Z',
  state: 'open',
  lent: { roubles: '0.00', litres: '0.000' },
  granted_by: null,
  decline_id: null,
  ...own,
});

const answered = (exception: Exception) => askings([decline('10:12'), decline('10:08')], [exception])[0]?.answer !== undefined;

describe('drivers who wait', () => {
  it('are the declines of one card within ten minutes of each other, the newest of them', () => {
    const found = askings([decline('10:12'), decline('10:05'), decline('09:40')], []);
    expect(found.map(({ decline: { id }, times }) => [id, times])).toEqual([['10:12', 2], ['09:40', 1]]);
  });

  it('are told apart by card', () => {
    expect(askings([decline('10:12'), decline('10:11', { card_number: '7826915967521722905' })], [])).toHaveLength(2);
  });

  it('are not those whom a grant would not help', () => {
    expect(askings([decline('10:12', { reasons: [limit, station] })], [])).toEqual([]);
    expect(remaining(decline('10:12', { reasons: [limit, station] }))).toEqual([station]);
    expect(remaining(decline('10:12', { reasons: [{ ...limit, code: 'budget_exceeded' }] }))).toEqual([]);
  });

  it('have an answer in what names their decline, or was granted to their card later', () => {
    expect(answered(granted('10:00', { decline_id: '10:12' }))).toBe(true);
    expect(answered(granted('10:20'))).toBe(true);
    expect(answered(granted('10:00'))).toBe(false);
    expect(askings([decline('10:12'), decline('10:08')], [granted('10:10')]).map(({ answer }) => answer !== undefined)).toEqual([false, true]);
    expect(answered(granted('10:20', { number: '7826915967521722905' }))).toBe(false);
  });
});
