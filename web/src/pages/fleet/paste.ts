import type { BulkItem } from '@/api/types.gen';
import type { CardRow } from '@/model';

const LABEL_MAX = 60;
const GROUP_MAX = 40;

/** What a pasted line comes to. */
export type LineState =
  | 'change'
  | 'same'
  | 'unknown'
  | 'ambiguous'
  | 'duplicate'
  | 'spoiled'
  | 'long'
  | 'empty';

export interface Line {
  /** Its place in what was pasted, from 1. */
  place: number;
  /** What names the card: its number or its present label. */
  key: string;
  /** Null leaves the label as it is. */
  label: string | null;
  group: string | null;
  state: LineState;
  card?: CardRow;
  /** The line that names the same card. */
  twin?: number;
}

/** Cells of what a spreadsheet puts on the clipboard, or of a CSV file: by TAB, else `;`, else `,`; quotes as they write them. */
export function cellsOf(pasted: string): string[][] {
  const text = pasted.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = ['\t', ';', ','].find((one) => text.includes(one)) ?? '\t';
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char === '\n' ? ' ' : char;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (char === separator) endCell();
    else if (char === '\n') endRow();
    else cell += char;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** Cyrillic letters that a plate shares with the Latin alphabet. */
const LOOKALIKES: Record<string, string> = {
  a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у', ё: 'е',
};

/** A label as it is compared: without case, spaces and the difference of the alphabets of a plate. */
export const folded = (label: string) =>
  label.toLowerCase().replace(/\s/g, '').replace(/[abcehkmoptxyё]/g, (letter) => LOOKALIKES[letter] ?? letter);

const digitsOf = (key: string) => key.replace(/[\s\u00a0'-]/g, '');
const isNumber = (key: string) => /^\d{10,}$/.test(digitsOf(key));
/** A long number as a spreadsheet spoils it: its last digits are lost. */
const isSpoiled = (key: string) => /^\d+([.,]\d+)?E\+?\d+$/i.test(key);
const isHeading = (key: string) => /номер|карт|назван|number|card|label/i.test(key);

interface Known {
  byNumber: Map<string, CardRow>;
  byLabel: Map<string, CardRow[]>;
}

function known(cards: CardRow[]): Known {
  const byLabel = new Map<string, CardRow[]>();
  for (const card of cards) {
    if (card.label === '') continue;
    const label = folded(card.label);
    const namesakes = byLabel.get(label);
    if (namesakes) namesakes.push(card);
    else byLabel.set(label, [card]);
  }
  return { byNumber: new Map(cards.map((card) => [card.number, card])), byLabel };
}

function matched({ byNumber, byLabel }: Known, [key = '', label = '', group = '']: string[], place: number): Line {
  const line = { place, key, label: label || null, group: group || null };
  if (isSpoiled(key)) return { ...line, state: 'spoiled' };
  const namesakes = byLabel.get(folded(key)) ?? [];
  const card = isNumber(key) ? byNumber.get(digitsOf(key)) : namesakes[0];
  if (!card) return { ...line, state: 'unknown' };
  if (!isNumber(key) && namesakes.length > 1) return { ...line, state: 'ambiguous' };
  if (line.label === null && line.group === null) return { ...line, card, state: 'empty' };
  if (label.length > LABEL_MAX || group.length > GROUP_MAX) return { ...line, card, state: 'long' };
  const same = (line.label ?? card.label) === card.label && (line.group ?? card.group) === card.group;
  return { ...line, card, state: same ? 'same' : 'change' };
}

/** The pasted lines beside the cards they name. A card that two lines name is left alone: nobody knows which is meant. */
export function compare(pasted: string, cards: CardRow[]): Line[] {
  const index = known(cards);
  const lines = cellsOf(pasted)
    .map((cells, at) => matched(index, cells, at + 1))
    .filter(({ key, label, group }) => key !== '' || label !== null || group !== null);
  const [first, ...rest] = lines;
  const body = first?.state === 'unknown' && isHeading(first.key) ? rest : lines;
  const seen = new Map<string, Line>();
  for (const line of body) {
    if (!line.card) continue;
    const twin = seen.get(line.card.number);
    if (!twin) {
      seen.set(line.card.number, line);
      continue;
    }
    Object.assign(line, { state: 'duplicate', twin: twin.place });
    if (twin.state !== 'duplicate') Object.assign(twin, { state: 'duplicate', twin: line.place });
  }
  return body;
}

/** What the server is asked for: cards that get a label, and those that only change their group. */
export function asksOf(lines: Line[]): { label: BulkItem[]; group: BulkItem[] } {
  const items = lines.flatMap(({ card, label, group, state }) =>
    card && state === 'change'
      ? [{ number: card.number, ...(label !== null && { label }), ...(group !== null && { group }) }]
      : [],
  );
  return {
    label: items.filter((item) => 'label' in item),
    group: items.filter((item) => !('label' in item)),
  };
}

/** The same cards as they were before. */
export function backOf(lines: Line[]): BulkItem[] {
  return lines.flatMap(({ card, state }) =>
    card && state === 'change' ? [{ number: card.number, label: card.label, group: card.group }] : [],
  );
}
