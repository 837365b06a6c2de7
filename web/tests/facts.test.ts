import { describe, expect, it } from 'vitest';
import { missing, NO_FACTS, said } from '@/pages/recovery/facts';

describe('facts for a recovery', () => {
  it('are sent trimmed, and the empty ones not at all', () => {
    expect(said({ ...NO_FACTS, inn: ' 2622542570 ', phone: '   ' })).toEqual({ inn: '2622542570' });
  });

  it('are too few when there are fewer than two', () => {
    expect(missing(NO_FACTS)).toBe('two');
    expect(missing({ ...NO_FACTS, contract_number: '110/26-Т' })).toBe('two');
  });

  it('need the contract number or a phone among them', () => {
    expect(missing({ ...NO_FACTS, inn: '2622542570', full_name: 'Иванов Пётр' })).toBe('weighty');
    expect(missing({ ...NO_FACTS, inn: '2622542570', phone: '+7 928 000-12-34' })).toBeNull();
    expect(missing({ ...NO_FACTS, full_name: 'Иванов Пётр', contract_number: '110/26-Т' })).toBeNull();
  });
});
