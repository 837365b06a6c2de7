import { Link } from '@tanstack/react-router';
import { isZero } from '@/format/amounts';
import { MEASURES } from '@/format/sums';
import type { Refused } from '@/http/refused';
import { useT } from '@/i18n/message';
import { useAmounts } from '@/pages/budget/useAmounts';
import { Note } from '@/ui/Note';

/** The reserve has less than the share lacks: by how much, and where to change that. */
export function NoReserve({ problem }: { problem: Refused }) {
  const t = useT();
  const { say } = useAmounts();
  const short = problem.members.short as Partial<Record<string, string>> | undefined;
  const lacks = MEASURES.filter((measure) => !isZero(short?.[measure] ?? '0')).map((measure) => say(measure, short?.[measure] ?? '0'));
  return (
    <Note tone="refused" urgent title={t('exceptions.noReserve')}>
      {lacks.length > 0 && <p>{t('exceptions.lacks', { amount: lacks.join(', ') })}</p>}
      <Link to="/budget">{t('exceptions.toBudget')}</Link>
    </Note>
  );
}
