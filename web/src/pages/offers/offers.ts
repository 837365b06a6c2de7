import type { PromotionView } from '@/api/types.gen';

/** Promotions by what a company has to do with them, each list in the order it came in. */
export function sorted(promotions: PromotionView[]): Record<'joined' | 'open' | 'past', PromotionView[]> {
  return {
    joined: promotions.filter(({ joined }) => joined),
    open: promotions.filter(({ joined, can_join: can }) => !joined && can),
    past: promotions.filter(({ joined, can_join: can }) => !joined && !can),
  };
}
