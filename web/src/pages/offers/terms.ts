import { isZero, type Unit } from '@/format/amounts';
import type { PromotionTerms } from '@/api/types.gen';
import type { MessageId } from '@/i18n/message';

/** How many stations are named; more of them are counted. */
const NAMED_MAX = 3;

/** A part of a sentence: a message and what stands in it. */
export interface Part {
  id: MessageId;
  values: Record<string, string | number>;
}

/** How a fact is written. */
export interface Say {
  roubles: (amount: string) => string;
  percent: (percent: string) => string;
  quantity: (amount: string, unit: Unit) => string;
  number: (amount: string) => string;
  day: (day: string) => string;
  product: (code: string) => string;
  unit: (code: string) => Unit;
}

/** In what the products are measured, where it is the same for all of them. */
export function unitOfAll(products: string[], unitOf: (code: string) => Unit): Unit | null {
  const [first, ...others] = new Set(products.map(unitOf));
  return first !== undefined && others.length === 0 ? first : null;
}

/** What a promotion grants: the discount on what, from how much on, when, where. */
export function termsOf({ discount, products, stations, minimum_quantity: least, from, to }: PromotionTerms, say: Say): Part[] {
  const unit = unitOfAll(products, say.unit);
  const names = products.map(say.product).join(', ');
  const parts: Part[] = [];
  if (discount.percent) {
    const percent = say.percent(discount.percent);
    parts.push(names ? { id: 'terms.percent', values: { percent, products: names } } : { id: 'terms.percentAll', values: { percent } });
  } else {
    const amount = say.roubles(discount.per_unit ?? '0');
    parts.push(
      names
        ? { id: `terms.perUnit.${unit ?? 'any'}`, values: { amount, products: names } }
        : { id: 'terms.perUnitAll', values: { amount } },
    );
  }
  if (!isZero(least)) parts.push({ id: 'terms.least', values: { quantity: unit ? say.quantity(least, unit) : say.number(least) } });
  parts.push({ id: 'terms.days', values: { from: say.day(from), to: say.day(to) } });
  parts.push(
    stations.length === 0
      ? { id: 'terms.everywhere', values: {} }
      : stations.length <= NAMED_MAX
        ? { id: 'terms.at', values: { stations: stations.join(', '), count: stations.length } }
        : { id: 'terms.atMany', values: { count: stations.length } },
  );
  return parts;
}
