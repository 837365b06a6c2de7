import { IconCalendarTime, IconGasStation, IconInfinity, IconMapPin } from '@tabler/icons-react';
import { percentOf } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { Limit, Rules } from '@/model';
import { Meter } from '@/ui/Meter';
import { Empty } from '@/ui/states';
import { useRuleWords } from '@/ui/trade/ruleWords';
import classes from './CardRules.module.css';

/** The rules in force, each limit with what is used, what is left, and when it starts anew. */
export function RulesInForce({ rules: { limits, products, schedule, stations } }: { rules: Rules }) {
  const t = useT();
  const words = useRuleWords();
  if (limits.length === 0 && !products && !schedule && !stations) {
    return (
      <Empty icon={<IconInfinity />} title={t('rules.none')}>
        {t('rules.noneNote')}
      </Empty>
    );
  }
  return (
    <ul className={classes.list}>
      {limits.map((limit) => (
        <li key={`${limit.measure} ${limit.period} ${limit.products?.join()}`}>
          <LimitBar limit={limit} />
        </li>
      ))}
      {products && (
        <li className={classes.plain}>
          <IconGasStation aria-hidden /> {words.products(products)}
        </li>
      )}
      {schedule && (
        <li className={classes.plain}>
          <IconCalendarTime aria-hidden /> {words.schedule(schedule)}
        </li>
      )}
      {stations && (
        <li className={classes.plain}>
          <IconMapPin aria-hidden /> {words.stations(stations)}
        </li>
      )}
    </ul>
  );
}

function LimitBar({ limit }: { limit: Limit }) {
  const t = useT();
  const format = useFormat();
  const words = useRuleWords();
  if (limit.period === 'transaction') return <p className={classes.title}>{words.limit(limit)}</p>;
  const used = t('limit.used', { used: words.amount(limit.measure, limit.used), cap: words.amount(limit.measure, limit.amount) });
  return (
    <div className={classes.limit}>
      <p className={classes.title}>{words.limit(limit)}</p>
      <Meter percent={percentOf(limit.used, limit.amount)} label={used} />
      <p className={classes.figures}>
        <span>{t('limit.usedShort', { used: words.amount(limit.measure, limit.used) })}</span>
        <strong>{t('limit.left', { left: words.amount(limit.measure, limit.remaining) })}</strong>
        {limit.resets_at && <span>{t('limit.resets', { at: format.dateTime(limit.resets_at) })}</span>}
      </p>
    </div>
  );
}
