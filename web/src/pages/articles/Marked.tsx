import { marks } from './marks';

/** A text with the words of a search marked in it. */
export function Marked({ text, query }: { text: string; query: string | undefined }) {
  let at = 0;
  return marks(text, query).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.hit ? <mark key={key}>{piece.text}</mark> : piece.text;
  });
}
