import { expect, it } from 'vitest';
import type { Rules } from '@/model';
import { fingerprint, newLimit, toAsk, toDraft } from '@/pages/rules/draft';
import { innIsRight } from '@/pages/staff/inn';

const rules: Rules = {
  limits: [
    { measure: 'litres', period: 'day', amount: '60.000', products: ['DT'], used: '28.500', remaining: '31.500', resets_at: '2026-11-22T21:00:00Z' },
  ],
  products: { mode: 'allow', codes: ['DT'] },
  schedule: { weekdays: [1, 2], from: '06:00', to: '22:00' },
  stations: null,
};

it('saves untouched rules as they were', () => {
  const { ask, errors } = toAsk(toDraft(rules, 'ru'));
  expect(errors).toEqual({});
  expect(ask).toEqual({
    limits: [{ measure: 'litres', period: 'day', amount: '60', products: ['DT'] }],
    products: rules.products,
    schedule: rules.schedule,
    stations: null,
  });
});

it('knows the same rules however they are typed', () => {
  const draft = toDraft(rules, 'ru');
  const [limit = newLimit()] = draft.limits;
  const month = { ...newLimit(), period: 'month' as const, amount: '900', products: ['AI95', 'DT'] };
  const typed = (...limits: (typeof limit)[]) => fingerprint(toAsk({ ...draft, limits }).ask);
  expect(typed({ ...limit, key: 99, amount: '60,00' })).toBe(fingerprint(rules));
  expect(typed(month, limit)).toBe(typed(limit, { ...month, products: ['DT', 'AI95'] }));
  expect(typed({ ...limit, amount: '60,001' })).not.toBe(fingerprint(rules));
  expect(fingerprint({ limits: rules.limits, schedule: { weekdays: [2, 1], from: '06:00', to: '22:00' }, products: rules.products })).toBe(
    fingerprint(rules),
  );
  expect(fingerprint({ ...rules, products: { mode: 'deny', codes: ['DT'] } })).not.toBe(fingerprint(rules));
});

it('names the field that is wrong as the server would', () => {
  const draft = toDraft(rules, 'ru');
  const twin = { ...newLimit(), amount: '5', products: ['DT'] };
  const { errors } = toAsk({
    ...draft,
    limits: [...draft.limits, twin, { ...newLimit(), measure: 'fills', amount: '1,5' }, { ...newLimit(), amount: '0,000' }],
    schedule: { limited: true, weekdays: [], from: '06:00', to: '06:00' },
    stations: { mode: 'deny', codes: [] },
  });
  expect(errors).toEqual({
    'limits.1.amount': 'twice',
    'limits.2.amount': 'amount',
    'limits.3.amount': 'amount',
    'schedule.weekdays': 'weekdays',
    'schedule.from': 'time',
    'stations.codes': 'codes',
  });
});

it.each([
  ['7707083893', true],
  ['7707083894', false],
  ['500100732259', true],
  ['500100732258', false],
  ['12345', false],
])('INN %s: %s', (inn, right) => expect(innIsRight(inn)).toBe(right));
