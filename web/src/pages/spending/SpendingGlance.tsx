import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getV1ReportsSpendingOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Columns } from '@/ui/Columns';
import { Panel } from '@/ui/Panel';
import { everyDay, shifted } from './span';
import { totalOf } from './sums';

const DAYS = 30;
const AGAIN_MS = 60_000;

/** The last thirty days beside each other; nothing for a company that bought nothing in them. `today` is the server's. */
export function SpendingGlance({ today }: { today: string }) {
  const t = useT();
  const format = useFormat();
  const span = { from: shifted(today, 1 - DAYS), to: today };
  const { data } = useQuery({ ...getV1ReportsSpendingOptions({ query: { ...span, group_by: 'day' } }), refetchInterval: AGAIN_MS });
  if (!data || data.items.length === 0) return null;
  const total = t('overview.spentIn', { count: DAYS, total: format.roubles(totalOf(data.items)) });
  return (
    <Panel
      title={t('overview.spending')}
      actions={
        <Link to="/reports/spending" search={span}>
          {t('overview.allSpending')}
        </Link>
      }
    >
      <Columns
        label={total}
        note={total}
        columns={everyDay(span, data.items).map(({ key, amount }) => ({
          key,
          size: amount,
          words: t('overview.spentOn', { day: format.longDay(key), amount: format.roubles(amount) }),
        }))}
      />
    </Panel>
  );
}
