import { describe, expect, it } from 'vitest';
import type { SpendingItem } from '@/api/types.gen';
import { DAYS_MAX, daysOf, everyDay, shifted, usualSpans } from '@/pages/spending/span';
import { dearestFirst, quantitiesOf, totalOf } from '@/pages/spending/sums';
import { spendingSearch } from '@/search';

const item = (key: string, amount: string, quantity = '1.000'): SpendingItem => ({ key, amount, quantity });

const unitOf = ({ key }: SpendingItem) => (key === 'CNG' ? 'cubic_metre' : key === 'WASH' ? 'piece' : 'litre');

describe('a span of days', () => {
  it('is counted with both ends, over months, years and a leap day', () => {
    expect(daysOf({ from: '2026-11-23', to: '2026-11-23' })).toBe(1);
    expect(daysOf({ from: '2026-12-31', to: '2027-01-01' })).toBe(2);
    expect(daysOf({ from: '2028-02-01', to: '2028-03-01' })).toBe(30);
    expect(daysOf({ from: '2026-11-24', to: '2026-11-23' })).toBe(0);
    expect(shifted('2027-03-01', -1)).toBe('2027-02-28');
  });

  it('has its usual ones, none longer than a report may be', () => {
    const usual = usualSpans('2027-01-15');
    expect(usual.lastMonth).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(usual.month).toEqual({ from: '2027-01-01', to: '2027-01-15' });
    expect(daysOf(usual.week)).toBe(7);
    expect(Object.values(usual).every((span) => daysOf(span) >= 1 && daysOf(span) <= DAYS_MAX)).toBe(true);
  });

  it('shows every day of it, in order, also those on which nothing was bought', () => {
    const days = everyDay({ from: '2026-11-29', to: '2026-12-02' }, [item('2026-11-30', '10.00'), item('2026-12-02', '5.00')]);
    expect(days.map(({ key, amount }) => [key, amount])).toEqual([
      ['2026-11-29', '0.00'], ['2026-11-30', '10.00'], ['2026-12-01', '0.00'], ['2026-12-02', '5.00'],
    ]);
    expect(everyDay({ from: '2026-12-02', to: '2026-12-01' }, [])).toEqual([]);
  });

  it('comes from the URL, or not at all', () => {
    expect(spendingSearch({ from: '2026-11-01', to: 'soon', by: 'card' })).toEqual({ from: '2026-11-01', to: undefined, by: 'card' });
    expect(spendingSearch({ by: 'colour' }).by).toBeUndefined();
  });
});

describe('what was spent', () => {
  it('adds up to the kopeck, returns taken off', () => {
    expect(totalOf([item('a', '9007199254740993.01'), item('b', '-0.02')])).toBe('9007199254740992.99');
    expect(totalOf([])).toBe('0.00');
    expect(totalOf([item('a', '1.00'), item('b', '-3.50')])).toBe('-2.50');
  });

  it('is told unit by unit, and of nothing where there was none', () => {
    const items = [item('DT', '1.00', '10.500'), item('CNG', '1.00', '3.000'), item('AI95', '1.00', '0.500'), item('WASH', '1.00', '0.000')];
    expect(quantitiesOf(items, unitOf)).toEqual([
      { unit: 'litre', quantity: '11.000' },
      { unit: 'cubic_metre', quantity: '3.000' },
    ]);
  });

  it('stands with the dearest first, whatever its digits', () => {
    expect(dearestFirst([item('a', '9.00'), item('b', '10.00'), item('c', '-1.00')]).map(({ key }) => key)).toEqual(['b', 'a', 'c']);
  });
});
