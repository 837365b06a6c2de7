import { describe, expect, it } from 'vitest';
import { editable, isNegative, parseAmount, percentOf, quantity, roubles } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { calendarDate, date, dateTime, days, HOUSE_ZONE, longDay, month, shortDay, shortMonth, time, weekdayName } from '@/format/dates';
import { zoneOf, type Session } from '@/session/session';

/** Compares with ordinary spaces where the page has unbreakable ones. */
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('roubles', () => {
  it.each([
    ['0.00', '0,00 ₽'],
    ['1500.00', '1 500,00 ₽'],
    ['-800.50', '−800,50 ₽'],
    ['999.99', '999,99 ₽'],
    ['1000000.10', '1 000 000,10 ₽'],
    ['90071992547409931.07', '90 071 992 547 409 931,07 ₽'],
    ['12.5', '12,50 ₽'],
  ])('%s is %s', (value, shown) => expect(plain(roubles(value, 'ru'))).toBe(shown));

  it('have a sign when asked', () => {
    expect(plain(roubles('150000.00', 'ru', true))).toBe('+150 000,00 ₽');
    expect(plain(roubles('0.00', 'ru', true))).toBe('0,00 ₽');
  });

  it('are English in English', () => expect(plain(roubles('-1234567.80', 'en'))).toBe('−1,234,567.80 ₽'));
});

describe('quantities', () => {
  it.each([
    ['40.000', 'litre', '40,00 л'],
    ['31.500', 'litre', '31,50 л'],
    ['29.125', 'litre', '29,125 л'],
    ['1234.000', 'litre', '1 234,00 л'],
    ['12.340', 'cubic_metre', '12,34 м³'],
    ['2.000', 'piece', '2 шт.'],
    ['2.500', 'piece', '2,50 шт.'],
  ] as const)('%s of %s is %s', (value, unit, shown) => expect(plain(quantity(value, unit, 'ru'))).toBe(shown));
});

describe('typed amounts', () => {
  it.each([
    ['150 000,5', 2, '150000.5'],
    ['40', 3, '40'],
    ['31.125', 3, '31.125'],
    ['31.1255', 3, null],
    ['1e5', 2, null],
    ['-5', 2, null],
    ['', 2, null],
    ['abc', 2, null],
    ['3', 0, '3'],
    ['3.0', 0, null],
  ] as const)('%s with %s decimals is %s', (typed, digits, sent) => expect(parseAmount(typed, digits)).toBe(sent));

  it('come back into the field without needless zeros', () => {
    expect(editable('60.000', 'ru')).toBe('60');
    expect(editable('31.500', 'ru')).toBe('31,5');
    expect(editable('1', 'en')).toBe('1');
    expect(editable('100', 'ru')).toBe('100');
  });
});

describe('comparisons', () => {
  it('see a debt', () => {
    expect(isNegative('-0.01')).toBe(true);
    expect(isNegative('0.00')).toBe(false);
  });

  it('measure a bar', () => {
    expect(percentOf('28.500', '60.000')).toBe(47.5);
    expect(percentOf('70.000', '60.000')).toBe(100);
    expect(percentOf('0.000', '60.000')).toBe(0);
    expect(percentOf('1', '0')).toBe(100);
  });
});

describe('dates', () => {
  const evening = '2026-11-22T21:30:00Z';

  it.each([
    ['Europe/Moscow', '23.11.2026, 00:30', '2026-11-23'],
    ['Europe/Kaliningrad', '22.11.2026, 23:30', '2026-11-22'],
    ['Asia/Vladivostok', '23.11.2026, 07:30', '2026-11-23'],
  ])('follow the zone %s, not the reader’s', (zone, shown, day) => {
    expect(plain(dateTime(evening, 'ru', zone))).toBe(shown);
    expect(calendarDate(new Date(evening), zone)).toBe(day);
    expect(date(evening, 'ru', zone)).toBe(shown.slice(0, 10));
    expect(time(evening, 'en', zone)).toBe(shown.slice(-5));
    expect(longDay(evening, 'ru', zone)).toBe(`${Number(day.slice(8))} ноября`);
  });

  it('are in the company’s zone for its people, in the house’s for staff and strangers', () => {
    const company = { id: '', name: '', status: 'active', time_zone: 'Asia/Yekaterinburg' } as const;
    const user = { id: '', login: '', full_name: '', kind: 'client', role: 'owner' } as const;
    const session: Session = { company, user, expires_at: evening, must_change_password: false, totp: { enabled: false, required: false } };
    expect(zoneOf(session)).toBe('Asia/Yekaterinburg');
    expect(zoneOf({ ...session, company: null })).toBe(HOUSE_ZONE);
    expect(zoneOf(undefined)).toBe(HOUSE_ZONE);
  });

  it('keep a calendar date what it is', () => {
    for (const zone of ['America/New_York', 'Asia/Kamchatka']) expect(date('2027-03-31', 'ru', zone)).toBe('31.03.2027');
  });

  it('name weekdays from Monday', () => {
    expect(weekdayName(1, 'ru')).toBe('пн');
    expect(weekdayName(7, 'en')).toBe('Sun');
  });
});

it('card numbers stand in fours', () => expect(plain(groupedNumber('7005380000000000'))).toBe('7005 3800 0000 0000'));

describe('months and days in words', () => {
  it('name a month whether it is told by itself or by one of its days', () => {
    expect(month('2026-11', 'ru')).toBe('ноябрь 2026\u00a0г.');
    expect(month('2026-11-30', 'en')).toBe('November 2026');
  });

  it('name several days by what they share', () => {
    expect(days('2026-11-09', '2026-11-15', 'ru')).toBe('9–15 ноября 2026\u00a0г.');
    expect(days('2026-11-09', '2026-11-09', 'ru')).toBe('9 ноября 2026\u00a0г.');
    expect(days('2025-12-29', '2026-01-04', 'ru')).toMatch(/^29 декабря 2025.* 4 января 2026/);
  });

  it('say the year where a new one begins', () => {
    expect(shortMonth('2026-01-05', 'ru')).toBe('янв. 2026');
    expect(shortMonth('2026-12-31', 'ru')).toBe('дек.');
    expect(shortDay('2026-11-09', 'en')).toBe('9 Nov');
  });
});
