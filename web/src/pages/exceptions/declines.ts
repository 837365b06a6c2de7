import type { Entry, Exception } from '@/model';

/** What a grant lifts; anything else declines the next fill too. */
const LIFTED = new Set(['limit_exceeded', 'budget_exceeded']);

const reasonsOf = (decline: Entry) => decline.reasons ?? (decline.reason ? [decline.reason] : []);

/** The reasons that a grant would not lift. */
export const remaining = (decline: Entry) => reasonsOf(decline).filter(({ code }) => !LIFTED.has(code));

const TOGETHER_MS = 10 * 60_000;

/** A driver who asked: the newest of the card's declines within ten minutes, and how many there were. */
export interface Asking {
  decline: Entry;
  times: number;
  /** What was granted in answer. */
  answer?: Exception;
}

const number = ({ card_number }: Entry) => card_number ?? '';

/** What answers a decline: an exception that names it, or was granted to the card after it. */
const answerTo = (decline: Entry, exceptions: Exception[]) =>
  exceptions.find(
    (one) => one.decline_id === decline.id || (one.number === number(decline) && one.granted_at >= decline.at),
  );

/**
 * Declines, newest first, as drivers who wait: those of one card within ten minutes are one, unless one of them was answered
 * and the other came after the answer. Only what a grant lifts.
 */
export function askings(declines: Entry[], exceptions: Exception[]): Asking[] {
  const found: (Asking & { oldest: Entry })[] = [];
  for (const decline of declines) {
    if (remaining(decline).length > 0 || reasonsOf(decline).length === 0) continue;
    const answer = answerTo(decline, exceptions);
    const near = found.find(
      ({ oldest, answer: given }) =>
        number(oldest) === number(decline) &&
        (given === undefined) === (answer === undefined) &&
        Date.parse(oldest.at) - Date.parse(decline.at) <= TOGETHER_MS,
    );
    if (near) {
      near.times += 1;
      near.oldest = decline;
    } else {
      found.push({ decline, times: 1, answer, oldest: decline });
    }
  }
  return found.map(({ decline, times, answer }) => ({ decline, times, answer }));
}
