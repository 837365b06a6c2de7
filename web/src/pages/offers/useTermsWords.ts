import type { PromotionTerms } from '@/api/types.gen';
import { NBSP } from '@/format/amounts';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { termsOf } from './terms';

/** What a promotion grants, as a sentence without its full stop. */
export function useTermsWords(): (terms: PromotionTerms) => string {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  return (terms) => {
    const parts = termsOf(terms, {
      roubles: format.roubles,
      percent: (percent) => `${format.editable(percent)}${NBSP}%`,
      quantity: format.quantity,
      number: format.editable,
      day: format.date,
      product: nameOf,
      unit: unitOf,
    });
    return parts.map(({ id, values }) => t(id, values)).join(', ');
  };
}
