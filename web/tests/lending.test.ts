import { describe, expect, it } from 'vitest';
import { dearest, type Priced } from '@/pages/exceptions/price';

const stations: Priced[] = [
  { fuels: { DT: '71.90', AI95: '64.30', WASH: '900.00' } },
  { fuels: { DT: '72.40', AI98: '80.10', CNG: '128.00' } },
];
const products = (['DT', 'AI95', 'AI98'] as const).map((code) => ({ code, unit: 'litre' as const }));
const sold = [...products, { code: 'CNG', unit: 'cubic_metre' as const }, { code: 'WASH', unit: 'piece' as const }];
const price = (product: string, declined: string | null) => dearest({ product, declined }, stations, sold);

describe('what a granted fill may cost', () => {
  it('is the dearest list price of its product, whatever was declined below it', () => {
    expect(price('DT', '71.90')).toBe('72.40');
    expect(price('DT', null)).toBe('72.40');
    expect(price('CNG', null)).toBe('128.00');
  });

  it('is what was declined where that was dearer', () => {
    expect(price('DT', '100.00')).toBe('100.00');
    expect(price('DT', '9.99')).toBe('72.40');
  });

  it('is the dearest of all litres where no product is named, and of nothing else', () => {
    expect(price('', '71.90')).toBe('80.10');
  });

  it('does not take what is no longer sold for any product', () => {
    expect(dearest({ product: '', declined: '71.90' }, stations, sold.filter(({ code }) => code !== 'AI98'))).toBe('72.40');
  });

  it('is unknown where nobody sells it and nothing was declined', () => {
    expect(price('DTZ', null)).toBeNull();
    expect(price('DTZ', '75.00')).toBe('75.00');
  });
});
