import { useFormat } from '@/format/useFormat';
import { units, litresFor, costOf, amountOf, type Planned } from '@/format/sums';
import { useT } from '@/i18n/message';
import type { Budget } from '@/model';
import { useMay } from '@/session/may';
import { Bar } from '@/ui/Bar';
import { Figure } from '@/ui/Figure';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import classes from './budget.module.css';
import { PlanButton } from './PlanButton';
import { planned } from './share';
import { useAmounts } from './useAmounts';

/** The month's plan: what is shared and what is in reserve make it up, whatever was changed. */
export function Plan({ budget, edition }: { budget: Budget; edition: string }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const measures = planned(budget);
  return (
    <Panel
      title={t('budget.month', { month: format.month(budget.month) })}
      actions={may('editRules') && <PlanButton budget={budget} edition={edition} />}
    >
      <div className={classes.plans}>
        {measures.map((measure) => (
          <Measured key={measure} budget={budget} measure={measure} />
        ))}
      </div>
      <Forecast budget={budget} />
    </Panel>
  );
}

function Measured({ budget, measure }: { budget: Budget; measure: Planned }) {
  const t = useT();
  const { say, sum } = useAmounts();
  const plan = budget[measure] ?? '0';
  const [shared, reserve] = [units(measure, budget.distributed[measure]), units(measure, budget.reserve[measure])];
  const carried = units(measure, budget.carried[measure]);
  const adds = t('budget.adds', {
    shared: say(measure, budget.distributed[measure]),
    reserve: say(measure, budget.reserve[measure]),
    plan: say(measure, plan),
  });
  return (
    <div className={classes.plan}>
      <Figure size="large" label={t(`budget.plan.${measure}`)} value={say(measure, plan)} note={<Equals budget={budget} measure={measure} />} />
      <Bar
        label={adds}
        parts={[
          { size: shared, tone: 'used' },
          { size: reserve, tone: 'reserve' },
        ]}
      />
      <p className={classes.adds} aria-hidden>
        <span data-tone="used">{t('budget.shared', { amount: say(measure, budget.distributed[measure]) })}</span>
        <span data-tone="reserve">{t('budget.reserve', { amount: say(measure, budget.reserve[measure]) })}</span>
      </p>
      <div className={classes.figures}>
        <Figure label={t('budget.used')} value={say(measure, budget.used[measure])} />
        {carried > 0n && <Figure label={t('budget.carried')} value={sum(measure, carried)} note={t('budget.carriedNote')} />}
      </div>
    </div>
  );
}

/** A plan in one measure said in the other, at today's price; nothing where both are planned. */
function Equals({ budget, measure }: { budget: Budget; measure: Planned }) {
  const t = useT();
  const format = useFormat();
  const { sum, say } = useAmounts();
  const plan = budget[measure];
  if (!budget.price || plan === null || planned(budget).length > 1) return null;
  const other =
    measure === 'roubles' ? sum('litres', litresFor(units('roubles', plan), budget.price)) : say('roubles', amountOf('roubles', costOf(plan, budget.price)));
  return t('budget.equals', { amount: other, price: format.roubles(budget.price) });
}

function Forecast({ budget }: { budget: Budget }) {
  const t = useT();
  const format = useFormat();
  const { say } = useAmounts();
  const { forecast } = budget;
  if (!forecast) return <p className={`muted ${classes.forecast}`}>{t('budget.noForecast')}</p>;
  const perDay = planned(budget).map((measure) => say(measure, forecast.per_day[measure])).join(', ');
  const basis = t('budget.basis', { days: forecast.days, since: format.longDay(forecast.since) });
  return (
    <div className={classes.forecast}>
      {forecast.until ? (
        <Note tone="attention" title={t('budget.until', { amount: perDay, day: format.longDay(forecast.until) })}>
          {basis}
        </Note>
      ) : (
        <Note title={t('budget.lasts', { amount: perDay })}>{basis}</Note>
      )}
    </div>
  );
}
