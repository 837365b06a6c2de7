import { describe, expect, it } from 'vitest';
import { amountOf, costOf, litresFor, units } from '@/format/sums';
import type { BudgetLine } from '@/model';
import { least, readDraft, standing } from '@/pages/budget/share';

const none = { roubles: '0.00', litres: '0.000' };

const line = (own: Partial<BudgetLine> = {}): BudgetLine => ({
  number: '7826915967521722897',
  label: 'А123ВС 126',
  group: '',
  roubles: '1000.00',
  litres: null,
  lent: none,
  carried: none,
  used: none,
  held: none,
  ...own,
});

const other = line({ number: '7826915967521722905', roubles: '0.10' });

describe('amounts as integers', () => {
  it('come back as they were', () => {
    for (const text of ['0.00', '0.01', '1500.00', '-0.05', '99999999999.99']) {
      expect(amountOf('roubles', units('roubles', text))).toBe(text);
    }
    expect(amountOf('litres', units('litres', '31.5'))).toBe('31.500');
  });

  it('cost what the server says they cost', () => {
    expect(costOf('40.000', '71.90')).toBe(287_600n);
    expect(costOf('0.005', '1.00')).toBe(1n);
    expect(costOf('0.004', '1.00')).toBe(0n);
    expect(litresFor(287_600n, '71.90')).toBe(40_000n);
  });
});

describe('how a share stands', () => {
  it('is made of what is used, held and left, with what was carried over', () => {
    const stands = standing(
      line({ carried: { ...none, roubles: '200.00' }, used: { ...none, roubles: '700.01' }, held: { ...none, roubles: '99.99' } }),
      'roubles',
    );
    expect(stands.used + stands.held + stands.left).toBe(stands.whole);
    expect(stands.left).toBe(40_000n);
  });

  it('says by how much a late capture overdrew it', () => {
    const stands = standing(line({ used: { ...none, roubles: '1000.03' } }), 'roubles');
    expect([stands.left, stands.over]).toEqual([0n, 3n]);
  });

  it('is nothing where the measure does not cap the card', () => {
    expect(standing(line(), 'litres').whole).toBeNull();
  });
});

describe('shares typed by hand', () => {
  it('are sent where they differ, and count against the reserve', () => {
    const { lines, wrong, more } = readDraft(
      { [line().number]: { roubles: '1 250,50' }, [other.number]: { roubles: '0,10' } },
      [line(), other],
    );
    expect(lines).toEqual([{ number: line().number, roubles: '1250.50' }]);
    expect([wrong, more]).toEqual([{}, { roubles: 25_050n, litres: 0n }]);
  });

  it('are taken away by an empty field, which no share to begin with is not', () => {
    const draft = { [line().number]: { roubles: '', litres: '' } };
    expect(readDraft(draft, [line()]).lines).toEqual([{ number: line().number, roubles: null }]);
    expect(readDraft(draft, [line()]).more.roubles).toBe(-100_000n);
  });

  it('of zero are another thing than none', () => {
    const draft = { [line().number]: { litres: '0' } };
    expect(readDraft(draft, [line()]).lines).toEqual([{ number: line().number, litres: '0.000' }]);
  });

  it('are wrong below what is used and held beyond what was carried over', () => {
    const spent = line({ used: { ...none, roubles: '300.00' }, held: { ...none, roubles: '50.00' }, carried: { ...none, roubles: '100.00' } });
    expect(least(spent, 'roubles')).toBe(25_000n);
    expect(readDraft({ [spent.number]: { roubles: '249.99' } }, [spent]).wrong).toEqual({ [spent.number]: { roubles: 'below' } });
    expect(readDraft({ [spent.number]: { roubles: '250' } }, [spent]).wrong).toEqual({});
    expect(readDraft({ [spent.number]: { roubles: 'много' } }, [spent]).wrong).toEqual({ [spent.number]: { roubles: 'amount' } });
  });
});
