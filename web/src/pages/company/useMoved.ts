import { scaled } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardRow, Rules } from '@/model';
import { useRuleWords } from '@/ui/trade/ruleWords';

/** What of a purse is not set aside by fills under way: it leaves the card that ends. May be below zero. */
export function freeOf({ purse, held }: Pick<CardRow, 'purse' | 'held'>): string {
  const kopecks = scaled(purse, 2) - scaled(held, 2);
  const digits = (kopecks < 0n ? -kopecks : kopecks).toString().padStart(3, '0');
  return `${kopecks < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What passes from a card to the one in its place, line by line; `purse` is null of a card without one. */
export function useMoved() {
  const t = useT();
  const format = useFormat();
  const words = useRuleWords();
  return ({ label, group }: Pick<CardRow, 'label' | 'group'>, rules: Rules | undefined, purse: string | null): string[] => {
    const said = rules && words.all(rules).join('; ');
    return [
      ...(said === undefined ? [] : [said ? t('heir.rules', { rules: said }) : t('heir.noRules')]),
      ...(label ? [t('heir.label', { label })] : []),
      ...(group ? [t('heir.group', { group })] : []),
      ...(purse === null ? [] : [t('heir.purse', { amount: format.roubles(purse) })]),
    ];
  };
}
