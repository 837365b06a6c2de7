/** A piece of a text, and whether it was looked for. */
export interface Piece {
  text: string;
  hit: boolean;
}

const WORD = /[\p{L}\p{N}]+/gu;
/** Letters at the beginning that two forms of one word have in common at least. */
const STEM_MIN = 3;
/** What the forms of one word differ by. */
const ENDING = /^(?:[аеиоуыюяйь]\p{L}{0,2}|s|es|ed|ing)?$/u;

const plain = (word: string) => word.toLowerCase().replaceAll('ё', 'е');

function common(one: string, other: string): number {
  let letters = 0;
  while (letters < one.length && one[letters] === other[letters]) letters += 1;
  return letters;
}

/**
 * Whether a word of the text is a form of what was typed, or begins with it. The server finds by stems; here it is enough
 * that all but an ending agrees, for nothing hangs on it but a colour.
 */
function isForm(word: string, typed: string): boolean {
  const same = common(word, typed);
  if (same === typed.length) return same >= STEM_MIN || word === typed;
  return same >= STEM_MIN && ENDING.test(word.slice(same)) && ENDING.test(typed.slice(same));
}

/** A text in pieces, those marked that a search was about. */
export function marks(text: string, query: string | undefined): Piece[] {
  const typed = (query?.match(WORD) ?? []).map(plain);
  if (typed.length === 0) return [{ text, hit: false }];
  const pieces: Piece[] = [];
  const add = (part: string, hit: boolean) => {
    const last = pieces.at(-1);
    if (part === '') return;
    if (last && last.hit === hit) last.text += part;
    else pieces.push({ text: part, hit });
  };
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    add(text.slice(from, index), false);
    add(word, typed.some((one) => isForm(plain(word), one)));
    from = index + word.length;
  }
  add(text.slice(from), false);
  return pieces;
}
