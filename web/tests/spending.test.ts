import { describe, expect, it } from 'vitest';
import type { SpendingItem } from '@/api/types.gen';
import { DAYS_MAX, daysOf, everyDay, shifted, usualSpans } from '@/pages/spending/span';
import { beginning, isWholeMonth, periods, usualStep } from '@/pages/spending/steps';
import { dearestFirst, litresOf, quantitiesOf, totalOf } from '@/pages/spending/sums';
import { spendingSearch } from '@/search';
import { NAME_PX, roundSteps, withRoom } from '@/ui/axis';

const item = (key: string, amount: string, quantity = '1.000'): SpendingItem => ({ key, amount, quantity });

const unitOf = ({ key }: SpendingItem) => (key === 'CNG' ? 'cubic_metre' : key === 'WASH' ? 'piece' : 'litre');

const told = (all: ReturnType<typeof periods>) => all.map(({ from, to, amount }) => [from, to, amount]);

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
    expect(usual.twelveMonths).toEqual({ from: '2026-02-01', to: '2027-01-15' });
    expect(usual.lastYear).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    for (const today of ['2028-02-29', '2028-12-31', '2029-01-01', '2027-10-31']) {
      for (const span of Object.values(usualSpans(today))) {
        expect(daysOf(span)).toBeGreaterThan(0);
        expect(daysOf(span)).toBeLessThanOrEqual(DAYS_MAX);
      }
    }
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

describe('days put together', () => {
  const span = { from: '2026-10-30', to: '2026-11-09' };
  const items = [item('2026-10-30', '1.00', '0.500'), item('2026-11-01', '2.00'), item('2026-11-02', '4.00'), item('2026-11-09', '-8.01', '-0.250')];

  it('begin with Monday or the first, at the ends with the span', () => {
    expect(beginning('2026-11-01', 'week')).toBe('2026-10-26');
    expect(beginning('2026-11-02', 'week')).toBe('2026-11-02');
    expect(beginning('2028-02-29', 'month')).toBe('2028-02-01');
    expect(told(periods(span, items, 'week'))).toEqual([
      ['2026-10-30', '2026-11-01', '3.00'], ['2026-11-02', '2026-11-08', '4.00'], ['2026-11-09', '2026-11-09', '-8.01'],
    ]);
    expect(told(periods(span, items, 'month'))).toEqual([['2026-10-30', '2026-10-31', '1.00'], ['2026-11-01', '2026-11-09', '-2.01']]);
  });

  it('add up to the same, whichever way', () => {
    for (const step of ['day', 'week', 'month'] as const) {
      const together = periods(span, items, step);
      expect(totalOf(together)).toBe(totalOf(items));
      expect(litresOf(together)).toBe('2.250');
    }
    expect(periods({ from: '2026-12-02', to: '2026-12-01' }, [], 'week')).toEqual([]);
  });

  it('are as many as can be told apart', () => {
    const usual = usualSpans('2026-11-23');
    expect(Object.values(usual).map(usualStep)).toEqual(['day', 'day', 'day', 'week', 'month', 'month', 'month']);
    expect(isWholeMonth({ from: '2028-02-01', to: '2028-02-29' })).toBe(true);
    expect(isWholeMonth({ from: '2028-02-01', to: '2028-02-28' })).toBe(false);
    expect(isWholeMonth({ from: '2028-01-01', to: '2028-02-29' })).toBe(false);
  });
});

describe('what stands beside columns', () => {
  it('is two to four round amounts, the last not below the greatest', () => {
    expect(roundSteps(0n)).toEqual([]);
    expect(roundSteps(1n)).toEqual([100n]);
    expect(roundSteps(41_235_00n)).toEqual([20_000_00n, 40_000_00n, 60_000_00n]);
    for (let most = 101n; most < 10n ** 15n; most = most * 3n + 7n) {
      const steps = roundSteps(most);
      expect(steps.length).toBeGreaterThanOrEqual(2);
      expect(steps.length).toBeLessThanOrEqual(4);
      expect(steps.at(-1)).toBeGreaterThanOrEqual(most);
      expect(steps.at(-2)).toBeLessThan(most);
    }
  });

  it('is as many names as do not touch, all within the width', () => {
    for (const [count, width] of [[366, 1100], [53, 250], [13, 200], [1, 40]] as const) {
      const named = withRoom(Array.from({ length: count }, (_, at) => at), count, width);
      expect(named.length).toBeGreaterThan(0);
      named.forEach(({ left }, at) => {
        expect(left).toBeGreaterThanOrEqual(0);
        if (width >= NAME_PX) expect(left + NAME_PX).toBeLessThanOrEqual(width + 0.001);
        const before = named[at - 1];
        if (before) expect(left - before.left).toBeGreaterThanOrEqual(NAME_PX);
      });
    }
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
