import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { isZero } from '@/format/amounts';
import { useFormat, useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useMaybe, useT } from '@/i18n/message';
import type { CheckAnswer } from '@/model';
import classes from './CheckResult.module.css';
import { saidOnce } from './saidOnce';

/** Yes, or no and why: what binds, how much would pass, and when that changes. */
export function CheckResult({ answer, product }: { answer: CheckAnswer; product: string }) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const { unitOf } = useProducts();
  const { sayDecline } = useProblem();
  const ruleName = (rule: CheckAnswer['rules'][number]) =>
    rule.period && rule.measure
      ? t('check.limit', { limit: t(`limitName.${rule.period}`), measure: t(`inMeasure.${rule.measure}`) })
      : (maybe(`checkRule.${rule.rule}`) ?? rule.rule);
  const said = saidOnce(answer.rules.map((rule) => ({ name: ruleName(rule), passes: rule.passes })));
  const passes = answer.decision === 'approved';
  const Icon = passes ? IconCircleCheck : IconCircleX;
  return (
    <div className={classes.result} data-passes={passes}>
      <p className={classes.verdict}>
        <Icon aria-hidden />
        {t(`check.${answer.decision}`)}
      </p>
      {answer.reason && <p>{sayDecline(answer.reason)}</p>}
      {!passes && !isZero(answer.max_quantity) && (
        <p>{t('check.wouldPass', { quantity: format.quantity(answer.max_quantity, unitOf(product)) })}</p>
      )}
      {answer.reason?.resets_at && <p className="muted">{t('card.resets', { at: format.dateTime(answer.reason.resets_at) })}</p>}
      {answer.rules.length > 0 && (
        <ul className={classes.rules}>
          {said.map((rule) => (
            <li key={`${rule.passes} ${rule.name}`} data-passes={rule.passes}>
              {rule.passes ? <IconCircleCheck aria-label={t('check.passes')} /> : <IconCircleX aria-label={t('check.fails')} />}
              <span>{rule.name}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
