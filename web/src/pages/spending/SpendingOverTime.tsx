import { SegmentedControl } from '@mantine/core';
import { scaled } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { SPENDING_STEPS, type SpendingStep } from '@/search';
import { Columns } from '@/ui/Columns';
import { Panel } from '@/ui/Panel';
import { daysOf, firstOfMonth, type Span } from './span';
import type { Period } from './steps';
import { totalOf } from './sums';
import { usePeriodName } from './usePeriodName';

interface SpendingOverTimeProps {
  span: Span;
  step: SpendingStep;
  onStep: (step: SpendingStep) => void;
  periods: Period[];
}

/** More columns than this are named by their months. */
const NAMED_ALL = 62;

/** The days, weeks or months of a span beside each other. */
export function SpendingOverTime({ span, step, onStep, periods }: SpendingOverTimeProps) {
  const t = useT();
  const format = useFormat();
  const nameOf = usePeriodName(step);
  const words = (period: Period) => t('spending.of', { name: nameOf(period), amount: format.roubles(period.amount) });
  const most = periods.reduce<Period | null>((one, other) => (!one || scaled(other.amount, 2) > scaled(one.amount, 2) ? other : one), null);
  const total = format.roubles(totalOf(periods));
  const label = t('spending.chart', {
    by: t(`spending.chart.${step}`),
    from: format.date(span.from),
    to: format.date(span.to),
    total,
    most: most ? words(most) : '—',
  });
  // Of many days or weeks those in which a month begins are named, by the month.
  const byMonth = step === 'month' || daysOf(span) > NAMED_ALL;
  const name = ({ from, to }: Period) => {
    if (step === 'month') return format.shortMonth(from);
    if (!byMonth) return format.shortDay(from);
    return from.endsWith('-01') || firstOfMonth(from) !== firstOfMonth(to) ? format.shortMonth(to) : undefined;
  };
  return (
    <Panel
      title={t('spending.in', { total })}
      actions={
        <SegmentedControl
          aria-label={t('spending.step')}
          size="xs"
          value={step}
          onChange={(value) => onStep(SPENDING_STEPS.find((one) => one === value) ?? step)}
          data={SPENDING_STEPS.map((value) => ({ value, label: t(`spending.step.${value}`) }))}
        />
      }
    >
      <Columns
        label={label}
        note={most ? t('spending.most', { words: words(most) }) : ''}
        amount={format.wholeRoubles}
        columns={periods.map((period) => ({ key: period.from, size: period.amount, words: words(period), name: name(period) }))}
      />
    </Panel>
  );
}
