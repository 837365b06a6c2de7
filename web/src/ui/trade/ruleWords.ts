import { useMemo } from 'react';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { Limit, Measure, Rules, RulesAsk } from '@/model';

type ListRule = NonNullable<Rules['products']>;
type Schedule = NonNullable<Rules['schedule']>;

/** Rules said in words, the same on the card's page, in the editor and in a check's answer. */
export function useRuleWords() {
  const t = useT();
  const format = useFormat();
  const { nameOf } = useProducts();
  return useMemo(() => {
    const amount = (measure: Measure, value: string): string => {
      if (measure === 'litres') return format.quantity(value, 'litre');
      if (measure === 'roubles') return format.roubles(value);
      return t('limit.fills', { count: Number.parseInt(value, 10) });
    };
    const goods = (codes: string[]) => (codes.length > 0 ? codes.map(nameOf).join(', ') : t('limit.allProducts'));
    const limit = (rule: Pick<Limit, 'measure' | 'period' | 'amount'> & { products?: string[] }) =>
      t('limit.title', {
        period: t(`period.${rule.period}`),
        amount: amount(rule.measure, rule.amount),
        products: goods(rule.products ?? []),
      });
    const products = (rule: ListRule) =>
      t(rule.mode === 'allow' ? 'rules.onlyProducts' : 'rules.exceptProducts', { list: rule.codes.map(nameOf).join(', ') });
    const stations = (rule: ListRule) =>
      t(rule.mode === 'allow' ? 'rules.onlyStations' : 'rules.exceptStations', { list: rule.codes.join(', ') });
    const schedule = (rule: Schedule) =>
      t('rules.scheduleWords', {
        days: rule.weekdays.length === 7 ? t('rules.everyDay') : rule.weekdays.map(format.weekday).join(', '),
        from: rule.from,
        to: rule.to,
      });
    /** Every rule of a card as one line each. */
    const all = (rules: RulesAsk | Rules): string[] => [
      ...rules.limits.map(limit),
      ...(rules.products ? [products(rules.products)] : []),
      ...(rules.schedule ? [schedule(rules.schedule)] : []),
      ...(rules.stations ? [stations(rules.stations)] : []),
    ];
    return { amount, goods, limit, products, stations, schedule, all };
  }, [t, format, nameOf]);
}
