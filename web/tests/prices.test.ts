import { describe, expect, it } from 'vitest';
import { cellOf, changesOf, conflictsOf, read } from '@/pages/catalogue/prices';

const list = (dt: string) => ({
  products: [{ code: 'DT', name: 'ДТ' }, { code: 'AI95', name: 'АИ-95' }],
  stations: [{ code: '12', name: 'АЗС № 12', prices: { DT: dt } as Record<string, string> }],
});
const [dt, ai] = [cellOf('12', 'DT'), cellOf('12', 'AI95')];

describe('a cell of the price list', () => {
  it('is changed only when its price is another one', () => {
    expect(read(undefined, '71.90')).toEqual({ state: 'same' });
    expect(read('71,9', '71.90')).toEqual({ state: 'same' });
    expect(read(' 72,10 ', '71.90')).toEqual({ state: 'changed', price: '72.10' });
    expect(read('', '71.90')).toEqual({ state: 'changed', price: null });
    expect(read('', undefined)).toEqual({ state: 'same' });
  });

  it('is wrong when it is no price', () => {
    for (const typed of ['дорого', '0', '0,00', '-1', '71,905', '1e3']) expect(read(typed, '71.90')).toEqual({ state: 'wrong' });
  });
});

describe('the list as a whole', () => {
  it('asks for the changed cells alone and counts the wrong ones', () => {
    expect(changesOf(list('71.90'), { [dt]: '73', [ai]: 'x' })).toEqual({
      prices: [{ station_code: '12', product: 'DT', price: '73' }],
      wrong: 1,
    });
  });

  it('is in conflict where somebody else has changed the same cell to another price', () => {
    expect(conflictsOf(list('71.90'), list('72.00'), { [dt]: '73' })).toEqual(new Set([dt]));
    expect(conflictsOf(list('71.90'), list('73.00'), { [dt]: '73' })).toEqual(new Set());
    expect(conflictsOf(list('71.90'), list('72.00'), { [ai]: '80' })).toEqual(new Set());
  });
});
