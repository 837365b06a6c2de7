import type { Planned } from '@/format/sums';
import { isStale, Refused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { BudgetLine, LinePatch } from '@/model';
import { least, type DraftOutcome } from './share';
import { useAmounts } from './useAmounts';

interface Asked {
  save: { error: unknown; variables?: { body: { lines: LinePatch[] } } };
  wrong: DraftOutcome['wrong'];
  tried: boolean;
}

/** What stands at a share's field: what the form found, or what the server refused of the line that was sent. */
export function useShareErrors({ save, wrong, tried }: Asked) {
  const t = useT();
  const { sum } = useAmounts();
  const { fieldErrors } = useProblem();
  const refused = fieldErrors(save.error);
  const sent = save.variables?.body.lines ?? [];

  const errorOf = (line: BudgetLine, measure: Planned): string | undefined => {
    const own = wrong[line.number]?.[measure];
    if (own === 'below') return t('budget.below', { amount: sum(measure, least(line, measure)) });
    if (own && tried) return t(measure === 'roubles' ? 'field.amount' : 'field.quantity');
    const place = sent.findIndex(({ number }) => number === line.number);
    if (place < 0) return undefined;
    return refused[`lines.${place}.${measure}`] ?? refused[`lines.${place}`] ?? refused[`lines.${place}.number`];
  };

  const elsewhere = Object.entries(refused).filter(([field]) => !/^lines\.\d+/.test(field));
  const failed = save.error instanceof Refused ? !isStale(save.error) && (Object.keys(refused).length === 0 || elsewhere.length > 0) : Boolean(save.error);
  return { errorOf, unnamed: failed ? elsewhere.map(([, words]) => words).join(' ') || ' ' : null };
}
