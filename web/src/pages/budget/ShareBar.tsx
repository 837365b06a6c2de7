import type { Planned } from '@/format/sums';
import { useT } from '@/i18n/message';
import type { BudgetLine } from '@/model';
import { Bar, type BarPart } from '@/ui/Bar';
import classes from './budget.module.css';
import { standing } from './share';
import { useAmounts } from './useAmounts';

/** What a card has left of its share, in words over a bar of the same parts. */
export function ShareBar({ line, measure }: { line: BudgetLine; measure: Planned }) {
  const t = useT();
  const { sum } = useAmounts();
  const { whole, used, held, left, over } = standing(line, measure);
  if (whole === null) return <span className="muted">{t('budget.notCapped')}</span>;
  const words = over > 0n ? t('budget.overdrawn', { amount: sum(measure, over) }) : t('limit.left', { left: sum(measure, left) });
  const label = t('budget.barWords', { used: sum(measure, used), held: sum(measure, held), left: sum(measure, left), whole: sum(measure, whole) });
  const parts: BarPart[] =
    over > 0n
      ? [
          { size: whole, tone: 'used' },
          { size: over, tone: 'over' },
        ]
      : [
          { size: used, tone: 'used' },
          { size: held, tone: 'held' },
          { size: left, tone: 'left' },
        ];
  return (
    <div className={classes.shareBar} data-tone={over > 0n ? 'over' : left === 0n ? 'spent' : undefined}>
      <span>{words}</span>
      <Bar thin label={label} parts={parts} />
    </div>
  );
}
