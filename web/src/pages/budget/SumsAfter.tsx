import { units, type Planned } from '@/format/sums';
import { useT } from '@/i18n/message';
import type { Budget } from '@/model';
import { Bar } from '@/ui/Bar';
import { Note } from '@/ui/Note';
import classes from './budget.module.css';
import { planned } from './share';
import { useAmounts } from './useAmounts';

interface SumsAfterProps {
  budget: Budget;
  /** What the shares would grow by. */
  more: Record<Planned, bigint>;
}

/** What would be shared and what would stay in reserve; together they are the plan, to the kopeck. */
export function SumsAfter({ budget, more }: SumsAfterProps) {
  const t = useT();
  const { say, sum } = useAmounts();
  return (
    <div className={classes.sums} role="status">
      {planned(budget).map((measure) => {
        const plan = budget[measure] ?? '0';
        const shared = units(measure, budget.distributed[measure]) + more[measure];
        const reserve = units(measure, plan) - shared;
        if (reserve < 0n) {
          return (
            <Note key={measure} tone="refused" title={t('budget.tooMuch', { amount: sum(measure, -reserve) })}>
              {t('budget.adds', { shared: sum(measure, shared), reserve: sum(measure, reserve), plan: say(measure, plan) })}
            </Note>
          );
        }
        return (
          <div key={measure} className={classes.sum}>
            <p className={classes.adds}>
              <span data-tone="used">{t('budget.shared', { amount: sum(measure, shared) })}</span>
              <span data-tone="reserve">{t('budget.reserve', { amount: sum(measure, reserve) })}</span>
              <span>{t('budget.ofPlan', { amount: say(measure, plan) })}</span>
            </p>
            <Bar
              label={t('budget.adds', { shared: sum(measure, shared), reserve: sum(measure, reserve), plan: say(measure, plan) })}
              parts={[
                { size: shared, tone: 'used' },
                { size: reserve, tone: 'reserve' },
              ]}
            />
          </div>
        );
      })}
    </div>
  );
}
