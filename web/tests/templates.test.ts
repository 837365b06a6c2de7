import { createIntl } from 'react-intl';
import { expect, it } from 'vitest';
import { en } from '@/i18n/en';
import { ru } from '@/i18n/ru';
import type { BackTest, Template } from '@/model';
import { verdict } from '@/pages/rules/backTest';
import { choosing } from '@/pages/rules/useTemplates';

const row = { at: '2026-11-14T05:12:00Z', product: 'DT', quantity: '60.000', reason: null, station_code: '12' };
const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ ...row, entry_id: String(index) }));
const tried = (fills: number, refused: number, declines: number, released: number): BackTest => ({
  from: '2026-10-23T21:00:00Z',
  fills,
  declines,
  refused: rows(refused),
  released: rows(released),
});

const said = (locale: 'ru' | 'en', found: BackTest) => {
  const intl = createIntl({ locale, messages: locale === 'ru' ? ru : en });
  const { fills, declines } = verdict(found);
  return [fills, declines].map(({ id, values }) => intl.formatMessage({ id }, values));
};

it.each([
  [tried(120, 7, 9, 3), ['Отказали бы в 7 из 120 заправок', 'Пропустили бы 3 из 9 отказов']],
  [tried(121, 1, 21, 21), ['Отказали бы в 1 из 121 заправки', 'Пропустили бы 21 из 21 отказа']],
  [tried(40, 0, 2, 0), ['Не отказали бы ни в одной из 40 заправок', 'Не пропустили бы ни одного из 2 отказов']],
  [tried(1, 1, 1, 0), ['Отказали бы в единственной заправке', 'Единственный отказ остался бы отказом']],
  [tried(0, 0, 0, 0), ['Заправок за это время не было', 'Отказов за это время не было']],
])('a back-test is told in words', (found, words) => expect(said('ru', found)).toEqual(words));

it('a back-test is told in English', () => {
  expect(said('en', tried(120, 7, 1, 1))).toEqual(['Would have refused 7 of 120 fills', 'Would have let the only decline pass']);
});

const template = (id: string | null, chosen: boolean): Template => ({
  id,
  name: id,
  default: chosen,
  limits: [],
  products: null,
  schedule: null,
  stations: null,
});

it('new cards get a template by its being chosen', () => {
  const all = [template(null, true), template('a', false)];
  expect(choosing(template('a', false), all)).toMatchObject({ id: 'a', ask: { name: 'a', default: true } });
  expect(choosing(template(null, true), all)).toBeNull();
});

it('new cards get fuel only by the chosen template being chosen no more', () => {
  const all = [template(null, false), template('a', false), template('b', true)];
  expect(choosing(template(null, false), all)).toMatchObject({ id: 'b', ask: { name: 'b', default: false } });
});
