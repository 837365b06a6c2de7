import { useQuery } from '@tanstack/react-query';
import { costOf, units, type Planned } from '@/format/sums';
import { useT } from '@/i18n/message';
import { planned, standing } from '@/pages/budget/share';
import { useAmounts } from '@/pages/budget/useAmounts';
import { usePlanSource } from '@/source/plan';
import { Note } from '@/ui/Note';

interface LendingProps {
  number: string;
  litres: string;
  /** What a litre cost at the pump that refused. */
  price: string | null;
  /** Whether a plan in litres counts it. */
  inLitres: boolean;
}

/** What the card's share lacks for the fill and the reserve would lend, said before it is granted. */
export function Lending({ number, litres, price, inLitres }: LendingProps) {
  const t = useT();
  const { say, sum } = useAmounts();
  const source = usePlanSource();
  const { data } = useQuery({ ...source.budget(), refetchInterval: false });
  const { data: line } = useQuery(source.line(number));
  if (!data || !line) return null;
  const needs: Record<Planned, bigint> = {
    roubles: price ? costOf(litres, price) : 0n,
    litres: inLitres ? units('litres', litres) : 0n,
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
