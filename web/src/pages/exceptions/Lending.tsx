import { useQuery } from '@tanstack/react-query';
import { getV1PublicStationsOptions } from '@/api/@tanstack/react-query.gen';
import { costOf, units, type Planned } from '@/format/sums';
import { useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { planned, standing } from '@/pages/budget/share';
import { useAmounts } from '@/pages/budget/useAmounts';
import { usePlanSource } from '@/source/plan';
import { Note } from '@/ui/Note';
import { dearest } from './price';

interface LendingProps {
  number: string;
  litres: string;
  /** Of which product; of any when empty. */
  product: string;
  /** What a unit cost at the pump that refused. */
  declined: string | null;
}

/** What the card's share lacks for the fill and the reserve would lend, said before it is granted. */
export function Lending({ number, litres, product, declined }: LendingProps) {
  const t = useT();
  const { say, sum } = useAmounts();
  const source = usePlanSource();
  const { data } = useQuery({ ...source.budget(), refetchInterval: false });
  const { data: line } = useQuery(source.line(number));
  const { data: stations } = useQuery({ ...getV1PublicStationsOptions(), staleTime: 60_000 });
  const { items: products, unitOf } = useProducts();
  if (!data || !line || !stations) return null;
  const price = dearest({ product, declined }, stations.items, products);
  const needs: Record<Planned, bigint> = {
    roubles: price ? costOf(litres, price) : 0n,
    // A plan in litres counts a fill of any product.
    litres: !product || unitOf(product) === 'litre' ? units('litres', litres) : 0n,
  };
  const lacking = planned(data.budget)
    .filter((measure) => line[measure] !== null)
    .map((measure) => ({ measure, short: needs[measure] - standing(line, measure).left }))
    .filter(({ short }) => short > 0n);
  if (lacking.length === 0) return <p>{t('exceptions.noLending')}</p>;
  const enough = lacking.every(({ measure, short }) => units(measure, data.budget.reserve[measure]) >= short);
  const words = {
    amount: lacking.map(({ measure, short }) => sum(measure, short)).join(', '),
    reserve: lacking.map(({ measure }) => say(measure, data.budget.reserve[measure])).join(', '),
  };
  return <Note tone={enough ? 'quiet' : 'attention'}>{t(enough ? 'exceptions.lends' : 'exceptions.cannotLend', words)}</Note>;
}
