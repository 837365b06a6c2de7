import { describe, expect, it } from 'vitest';
import type { PromotionTerms, PromotionView, StaffPromotion } from '@/api/types.gen';
import { ru } from '@/i18n/ru';
import { sorted } from '@/pages/offers/offers';
import { termsOf, unitOfAll, type Say } from '@/pages/offers/terms';
import { draftOf, EMPTY, readDraft, type Draft } from '@/pages/promotions/draft';

const unitOf = (code: string) => (code === 'CNG' ? 'cubic_metre' : code === 'WASH' ? 'piece' : 'litre');
const say: Say = {
  roubles: (amount) => `${amount} r`,
  percent: (percent) => `${percent} %`,
  quantity: (amount, unit) => `${amount} ${unit}`,
  number: (amount) => amount,
  day: (day) => day,
  product: (code) => code,
  unit: unitOf,
};
const terms: PromotionTerms = {
  from: '2026-12-01', to: '2026-12-31', products: ['DT'], stations: [], discount: { per_unit: '2.00' }, minimum_quantity: '40.000',
};
const ids = (own: Partial<PromotionTerms>) => termsOf({ ...terms, ...own }, say).map(({ id }) => id);

describe('the terms of a promotion', () => {
  it('say the discount, on what, from how much on, when and where', () => {
    expect(termsOf(terms, say)).toEqual([
      { id: 'terms.perUnit.litre', values: { amount: '2.00 r', products: 'DT' } },
      { id: 'terms.least', values: { quantity: '40.000 litre' } },
      { id: 'terms.days', values: { from: '2026-12-01', to: '2026-12-31' } },
      { id: 'terms.everywhere', values: {} },
    ]);
  });

  it('name a unit only where all products have the same', () => {
    expect(unitOfAll([], unitOf)).toBeNull();
    expect(unitOfAll(['DT', 'AI95'], unitOf)).toBe('litre');
    expect(unitOfAll(['DT', 'CNG'], unitOf)).toBeNull();
    expect(ids({ products: ['CNG'] })[0]).toBe('terms.perUnit.cubic_metre');
    expect(ids({ products: ['DT', 'WASH'] })[0]).toBe('terms.perUnit.any');
    expect(ids({ products: [] })[0]).toBe('terms.perUnitAll');
  });

  it('are shorter where there is less to say, and have a sentence for everything', () => {
    expect(ids({ minimum_quantity: '0.000', discount: { percent: '5.00' } })).toEqual(['terms.percent', 'terms.days', 'terms.everywhere']);
    expect(ids({ products: [], discount: { percent: '5.00' } })[0]).toBe('terms.percentAll');
    expect(ids({ stations: ['1', '2', '3'] }).at(-1)).toBe('terms.at');
    expect(termsOf({ ...terms, stations: ['1', '2', '3', '4'] }, say).at(-1)).toEqual({ id: 'terms.atMany', values: { count: 4 } });
    const all = [...ids({}), ...ids({ products: [], stations: ['1'] }), ...ids({ stations: ['1', '2', '3', '4'], discount: { percent: '1.00' } })];
    expect(all.filter((id) => !(id in ru))).toEqual([]);
  });
});

const offer = (id: string, joined: boolean, can: boolean) => ({ id, joined, can_join: can }) as PromotionView;

describe('promotions', () => {
  it('are those that a company takes part in, may join, and the rest', () => {
    const lists = sorted([offer('1', false, true), offer('2', true, false), offer('3', false, false), offer('4', true, false)]);
    expect(Object.values(lists).map((list) => list.map(({ id }) => id))).toEqual([['2', '4'], ['1'], ['3']]);
  });
});

const draft: Draft = { ...EMPTY, title: ' Зима ', body: 'Текст', from: '2026-12-01', to: '2026-12-31', discount: '2,5' };
const wrongOf = (own: Partial<Draft>) => {
  const read = readDraft({ ...draft, ...own });
  return 'wrong' in read ? read.wrong : {};
};

describe('a promotion as it is typed', () => {
  it('becomes what is sent', () => {
    expect(readDraft({ ...draft, least: '40', products: ['DT'] })).toEqual({
      ask: {
        title: 'Зима', body: 'Текст', english: null, from: '2026-12-01', to: '2026-12-31', discount: { per_unit: '2.5' },
        minimum_quantity: '40', products: ['DT'], stations: [], companies: [],
      },
    });
    const read = readDraft({ ...draft, kind: 'percent', discount: '12,25' });
    expect('ask' in read && read.ask.discount).toEqual({ percent: '12.25' });
  });

  it('says what is wrong with each field, and with the English ones only where they are wanted', () => {
    expect(wrongOf({ title: ' ', body: '' })).toEqual({ title: 'required', body: 'required' });
    expect(wrongOf({ english: true })).toEqual({ titleEn: 'required', bodyEn: 'required' });
    expect(wrongOf({ from: '' })).toEqual({ from: 'required' });
    expect(wrongOf({ to: '2026-11-30' })).toEqual({ to: 'reversed' });
    expect(wrongOf({ to: '2026-12-01' })).toEqual({});
    for (const discount of ['', '0', '0,00', '-1', '1,234', 'много']) expect(wrongOf({ discount }), discount).toEqual({ discount: 'amount' });
    for (const discount of ['0', '100,01']) expect(wrongOf({ kind: 'percent', discount }), discount).toEqual({ discount: 'percent' });
    expect(wrongOf({ kind: 'percent', discount: '100' })).toEqual({});
    expect(wrongOf({ least: '40 л' })).toEqual({ least: 'quantity' });
  });

  it('is what was saved, read back', () => {
    const saved = {
      ...terms, id: '1', title: 'Зима', body: 'Текст', html: '', english: { title: 'Winter', body: 'Text' }, companies: ['7'], stations: ['12'],
      state: 'draft', published_at: null, created_at: '', participants: 0,
    } satisfies StaffPromotion;
    for (const locale of ['ru', 'en'] as const) {
      const read = readDraft(draftOf(saved, locale));
      expect('ask' in read && read.ask).toMatchObject({
        title: 'Зима', english: { title: 'Winter', body: 'Text' }, discount: { per_unit: '2' }, minimum_quantity: '40',
        products: ['DT'], stations: ['12'], companies: ['7'],
      });
    }
    expect(draftOf({ ...saved, minimum_quantity: '0.000', discount: { percent: '5.50' } }, 'ru')).toMatchObject({
      least: '', kind: 'percent', discount: '5,5',
    });
  });
});
