import { describe, expect, it } from 'vitest';
import { sumOf, together, type BankDocument, type Statement } from '@/pages/staff/bankStatement';

const document = (line: number, amount = '1.00', known: string | null = null): BankDocument => ({
  line, document: String(line), date: '2026-11-20', amount, payer_inn: null, payer_name: 'ООО', purpose: '', company_id: null, company_name: null, known,
});

const statement = (parts: Partial<Statement>): Statement => ({
  accounts: [], accepted: [], proposed: [], unmatched: [], duplicates: [], failed: [], outgoing: { count: 0, amount: '0.00' }, ...parts,
});

describe('a statement', () => {
  it('is added up to the kopeck', () => {
    expect(sumOf([])).toBe('0.00');
    expect(sumOf([document(1, '0.05')])).toBe('0.05');
    expect(sumOf([document(1, '9999999999.99'), document(2, '0.02')])).toBe('10000000000.01');
  });

  it('taken in twice shows once what was done the first time', () => {
    const failed = [{ line: 9, document: '9', amount: '1.00', payer_name: 'ООО', code: 'not_reached', message: '' }];
    const first = statement({ accepted: [document(3)], proposed: [document(5)], duplicates: [document(7, '1.00', 'repeated')], failed });
    const known = [document(3, '1.00', 'credited'), document(5, '1.00', 'on_desk'), document(7, '1.00', 'repeated')];
    const both = together(first, statement({ accepted: [document(9)], duplicates: known }));
    expect(both.accepted.map(({ line }) => line)).toEqual([3, 9]);
    expect(both.proposed.map(({ line }) => line)).toEqual([5]);
    expect(both.duplicates.map(({ line }) => line)).toEqual([7]);
    expect(both.failed).toEqual([]);
    expect(together(null, first)).toBe(first);
  });
});
