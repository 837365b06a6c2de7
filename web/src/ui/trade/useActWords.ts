import { useMemo } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import type { ActRow } from '@/model';
import { changedRules, changesOf, rulesOf, subjectOf } from './acts';
import { useRuleWords } from './ruleWords';

const MONEY = new Set(['amount', 'credit_limit', 'roubles', 'per_unit']);
/** Of these none means every one. */
const OF_ALL = new Set(['companies', 'stations', 'products']);
const AMOUNT = /^-?\d+\.\d{2}$/;
const LITRES = /^-?\d+\.\d{3}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** A card's share as an act tells it. */
interface Share {
  number: string;
  roubles?: string | null;
  litres?: string | null;
}

/** A line of what an act changed: a field with its values, or a rule that went or came. */
export interface ChangeLine {
  field: string | null;
  was: string | null;
  became: string | null;
}

/** Acts in words. `nameOfCard` knows what the company calls its cards. */
export function useActWords(nameOfCard: (number: string) => string | undefined) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const rules = useRuleWords();
  const { nameOf: productName } = useProducts();
  return useMemo(() => {
    const card = (number: string) => nameOfCard(number) ?? groupedNumber(number);
    const what = ({ subject }: ActRow) => {
      const { kind, name } = subjectOf(subject);
      if (kind === 'month' && MONTH.test(name)) return format.month(name);
      return kind === 'card' ? card(name) : name;
    };
    /** The act as a sentence; one this page does not know keeps its own name. */
    const sentence = (act: ActRow): string => maybe(`act.${act.action}`, { what: what(act) }) ?? `${act.action}: ${act.subject}`;

    const who = ({ actor }: ActRow): string => {
      const role = maybe(`role.${actor.role}`) ?? actor.role;
      const name = actor.full_name ?? actor.login;
      if (!name) return actor.kind === 'staff' ? t('journal.staff', { role }) : role;
      return actor.kind === 'staff' ? `${name}, ${t('journal.staff', { role })}` : `${name}, ${role}`;
    };

    const share = ({ number, roubles, litres }: Share): string => {
      const amounts = [...(roubles ? [format.roubles(roubles)] : []), ...(litres ? [format.quantity(litres, 'litre')] : [])];
      return `${card(number)}: ${amounts.join(', ') || t('budget.noShare')}`;
    };

    const value = (field: string, told: unknown): string => {
      if (told === null || told === undefined || told === '') return t('journal.empty');
      if (Array.isArray(told) && told.length === 0) return t(OF_ALL.has(field) ? 'journal.all' : 'journal.empty');
      if (field === 'lines' && Array.isArray(told)) return told.map(share).join('; ');
      if (typeof told === 'boolean') return t(told ? 'journal.yes' : 'journal.no');
      if (Array.isArray(told)) return told.map((one) => value(field, one)).join(', ');
      if (typeof told === 'object') {
        return Object.entries(told)
          .map(([name, part]) => value(name, part))
          .join(', ');
      }
      const text = String(told);
      if (field === 'role') return maybe(`role.${text.replace(/^staff_/, '')}`) ?? text;
      if (field === 'status') return maybe(`companyStatus.${text}`) ?? text;
      // A card and the one in its place are called the same.
      if (field === 'replaced_by') return groupedNumber(text);
      if (field === 'cards' || field === 'blocked') return card(text);
      if (DATE.test(text)) return format.date(text);
      if (field === 'from' || field === 'to') return text === 'account' ? t('history.account') : card(text);
      if (field === 'products') return productName(text);
      if (field === 'percent') return t('journal.percent', { percent: format.editable(text) });
      if (field === 'minimum_quantity') return format.editable(text);
      if (field === 'minutes') return t('exceptions.minutes', { count: Number(text) });
      if (field === 'litres' && LITRES.test(text)) return format.quantity(text, 'litre');
      if (MONEY.has(field) && AMOUNT.test(text)) return format.roubles(text);
      return maybe(`actValue.${text}`) ?? text;
    };

    /** From and to are days, or what money is moved between. */
    const fieldName = (field: string, told: unknown) =>
      (DATE.test(String(told)) ? maybe(`actField.${field}.day`) : null) ?? maybe(`actField.${field}`);

    const changes = (act: ActRow): ChangeLine[] => {
      if (changedRules(act)) {
        const before = rulesOf(act.before);
        const after = rulesOf(act.after);
        const was = before ? rules.all(before) : [];
        const became = after ? rules.all(after) : [];
        return [
          ...was.filter((line) => !became.includes(line)).map((line) => ({ field: null, was: line, became: null })),
          ...became.filter((line) => !was.includes(line)).map((line) => ({ field: null, was: null, became: line })),
        ];
      }
      return changesOf(act)
        // What staff's own acts are identified by says nothing to a reader.
        .filter(({ field }) => maybe(`actField.${field}`) !== null)
        .map(({ field, before, after }) => ({
          field: fieldName(field, after ?? before),
          was: act.before === null || before === null ? null : value(field, before),
          became: act.after === null ? null : value(field, after),
        }));
    };

    return { sentence, who, changes };
  }, [t, maybe, format, rules, nameOfCard, productName]);
}
