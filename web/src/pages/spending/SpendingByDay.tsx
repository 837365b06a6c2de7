import type { SpendingItem } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Columns } from '@/ui/Columns';
import { Panel } from '@/ui/Panel';
import { everyDay, type Span } from './span';
import { dearestFirst, totalOf } from './sums';

/** The days of a span beside each other. */
export function SpendingByDay({ span, items }: { span: Span; items: SpendingItem[] }) {
  const t = useT();
  const format = useFormat();
  const [most] = dearestFirst(items);
  const words = ({ key, amount }: SpendingItem) => t('spending.onDay', { day: format.longDay(key), amount: format.roubles(amount) });
  const label = t('spending.chart', {
    from: format.date(span.from),
    to: format.date(span.to),
    total: format.roubles(totalOf(items)),
    most: most ? words(most) : '—',
  });
  return (
    <Panel>
      <Columns
        label={label}
        note={most ? t('spending.most', { words: words(most) }) : ''}
        columns={everyDay(span, items).map((item) => ({ key: item.key, size: item.amount, words: words(item) }))}
      />
    </Panel>
  );
}
