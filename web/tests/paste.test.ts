import { describe, expect, it } from 'vitest';
import type { CardRow } from '@/model';
import { asksOf, backOf, cellsOf, compare, folded } from '@/pages/fleet/paste';

const card = (number: string, label: string, group = ''): CardRow => ({
  number, label, group, status: 'active', funding: 'account', held: '0.00', purse: '0.00', spent_this_month: '0.00',
  unlimited: false, valid_until: '2029-11-30',
} as CardRow);

const FLEET = [
  card('7826915967521722897', 'А123ВС 126', 'Зерновозы'),
  card('7826915967524322760', 'О678МС 26'),
  card('7826915967525496159', 'Резерв'),
  card('7826915967525872722', 'Резерв'),
];

describe('what a spreadsheet puts on the clipboard', () => {
  it('is cells by TAB, else by semicolon, else by comma', () => {
    expect(cellsOf('a\tb;c\td\n')).toEqual([['a', 'b;c', 'd']]);
    expect(cellsOf('a;b,c\r\nd;e')).toEqual([['a', 'b,c'], ['d', 'e']]);
    expect(cellsOf('a,b\rc,d')).toEqual([['a', 'b'], ['c', 'd']]);
    expect(cellsOf('\uFEFFa')).toEqual([['a']]);
  });

  it('keeps quoted separators, quotes and line breaks inside a cell', () => {
    expect(cellsOf('"a;b";"say ""hi"""\n"two\nlines";x')).toEqual([['a;b', 'say "hi"'], ['two lines', 'x']]);
    expect(cellsOf('Кузов 12" ;x')).toEqual([['Кузов 12"', 'x']]);
  });
});

const stateOf = (line: string) => compare(line, FLEET)[0]?.state;

describe('a pasted line', () => {
  it('names a card by its number however it is spaced, or by its label in either alphabet', () => {
    expect(compare('7826 9159 6752 1722 897\tНовая', FLEET)[0]?.card?.label).toBe('А123ВС 126');
    expect(compare('a123bc126\tНовая', FLEET)[0]?.card?.number).toBe('7826915967521722897');
    expect(folded('A123BC 126')).toBe(folded('а123вс126'));
  });

  it('is left alone when nobody can know what is meant', () => {
    expect(stateOf('Т999ТТ 26\tНовая')).toBe('unknown');
    expect(stateOf('Резерв\tНовая')).toBe('ambiguous');
    expect(stateOf('7,82692E+18\tНовая')).toBe('spoiled');
    expect(stateOf(`7826915967521722897\t${'ю'.repeat(61)}`)).toBe('long');
    expect(stateOf('7826915967521722897\t\t')).toBe('empty');
    expect(stateOf('7826915967521722897\tА123ВС 126\tЗерновозы')).toBe('same');
  });

  it('that names a card once more stops both, and says where the other is', () => {
    const [first, second, third] = compare('А123ВС 126\tОдин\nО678МС 26\tДва\n7826915967521722897\tТри', FLEET);
    expect([first?.state, second?.state, third?.state]).toEqual(['duplicate', 'change', 'duplicate']);
    expect([first?.twin, third?.twin]).toEqual([3, 1]);
  });

  it('may be a heading, which is no card', () => {
    expect(compare('Номер карты\tНазвание\n7826915967521722897\tНовая', FLEET).map(({ place }) => place)).toEqual([2]);
    expect(compare('\n\nА123ВС 126\tНовая\n', FLEET).map(({ place }) => place)).toEqual([3]);
  });
});

describe('what is asked for', () => {
  const lines = compare('А123ВС 126\tНовая\nО678МС 26\t\tТакси\nРезерв\tX', FLEET);

  it('is a label for some and a group alone for others, and an empty cell changes nothing', () => {
    expect(asksOf(lines)).toEqual({
      label: [{ number: '7826915967521722897', label: 'Новая' }],
      group: [{ number: '7826915967524322760', group: 'Такси' }],
    });
  });

  it('goes back to what was there', () => {
    expect(backOf(lines)[0]).toEqual({ number: '7826915967521722897', label: 'А123ВС 126', group: 'Зерновозы' });
  });

  it('is compared for ten thousand lines in less than a second', () => {
    const fleet = Array.from({ length: 10_000 }, (_, at) => card(`78269159${String(at).padStart(11, '0')}`, `Машина ${at}`));
    const pasted = fleet.map(({ number }, at) => `${number}\tНовая ${at}`).join('\n');
    const began = performance.now();
    expect(compare(pasted, fleet).filter(({ state }) => state === 'change')).toHaveLength(10_000);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
