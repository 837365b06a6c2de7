import type { PromotionAsk, PromotionDiscount, StaffPromotion } from '@/api/types.gen';
import { isZero, parseAmount, type Locale } from '@/format/amounts';
import { editable } from '@/format/amounts';
import { units } from '@/format/sums';

export const KINDS = ['per_unit', 'percent'] as const;
export type Kind = (typeof KINDS)[number];

/** A promotion as it is typed. */
export interface Draft {
  title: string;
  body: string;
  /** Whether there is an English text. */
  english: boolean;
  titleEn: string;
  bodyEn: string;
  from: string;
  to: string;
  kind: Kind;
  /** Roubles, or percent. */
  discount: string;
  least: string;
  products: string[];
  stations: string[];
  companies: string[];
}

export const EMPTY: Draft = {
  title: '', body: '', english: false, titleEn: '', bodyEn: '', from: '', to: '', kind: 'per_unit', discount: '', least: '',
  products: [], stations: [], companies: [],
};

/** A promotion as a form takes it. */
export function draftOf(piece: StaffPromotion, locale: Locale): Draft {
  const { discount } = piece;
  return {
    title: piece.title,
    body: piece.body,
    english: piece.english !== null,
    titleEn: piece.english?.title ?? '',
    bodyEn: piece.english?.body ?? '',
    from: piece.from,
    to: piece.to,
    kind: discount.percent ? 'percent' : 'per_unit',
    discount: editable(discount.percent ?? discount.per_unit ?? '', locale),
    least: isZero(piece.minimum_quantity) ? '' : editable(piece.minimum_quantity, locale),
    products: piece.products,
    stations: piece.stations,
    companies: piece.companies,
  };
}

/** What is wrong with a field: nothing in it, no such number, the last day before the first. */
export type Wrong = 'required' | 'amount' | 'percent' | 'quantity' | 'reversed';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WHOLE_PERCENT = 10_000n;

function discountOf(kind: Kind, typed: string): PromotionDiscount | null {
  const amount = parseAmount(typed, 2);
  if (amount === null || units('roubles', amount) <= 0n) return null;
  if (kind === 'per_unit') return { per_unit: amount };
  return units('roubles', amount) <= WHOLE_PERCENT ? { percent: amount } : null;
}

/** What is sent, or what is wrong by field. */
export function readDraft(draft: Draft): { ask: Omit<PromotionAsk, 'published'> } | { wrong: Partial<Record<keyof Draft, Wrong>> } {
  const wrong: Partial<Record<keyof Draft, Wrong>> = {};
  const need = (field: 'title' | 'body' | 'titleEn' | 'bodyEn') => {
    if (draft[field].trim() === '') wrong[field] = 'required';
  };
  need('title');
  need('body');
  if (draft.english) {
    need('titleEn');
    need('bodyEn');
  }
  for (const field of ['from', 'to'] as const) if (!DAY.test(draft[field])) wrong[field] = 'required';
  if (!wrong.from && !wrong.to && draft.to < draft.from) wrong.to = 'reversed';
  const discount = discountOf(draft.kind, draft.discount);
  if (!discount) wrong.discount = draft.kind === 'percent' ? 'percent' : 'amount';
  const least = draft.least.trim() === '' ? '0.000' : parseAmount(draft.least, 3);
  if (least === null) wrong.least = 'quantity';
  if (!discount || least === null || Object.keys(wrong).length > 0) return { wrong };
  return {
    ask: {
      title: draft.title.trim(),
      body: draft.body,
      english: draft.english ? { title: draft.titleEn.trim(), body: draft.bodyEn } : null,
      from: draft.from,
      to: draft.to,
      discount,
      minimum_quantity: least,
      products: draft.products,
      stations: draft.stations,
      companies: draft.companies,
    },
  };
}
