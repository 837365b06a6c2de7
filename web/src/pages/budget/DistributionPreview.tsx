import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { units, type Planned } from '@/format/sums';
import { useT } from '@/i18n/message';
import type { Budget, Distribution } from '@/model';
import { useBulkWords } from '@/pages/fleet/useBulkWords';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './budget.module.css';
import { isBelow } from './DistributeDialog';
import { planned } from './share';
import { SumsAfter } from './SumsAfter';
import { useAmounts } from './useAmounts';

const FIRST = 50;

interface DistributionPreviewProps {
  budget: Budget;
  outcome: Distribution;
  /** The answer to what was asked before: the new one is on its way. */
  stale: boolean;
  weights?: { typed: Record<string, string>; wrong: (number: string) => boolean; change: (number: string, value: string) => void };
}

/** Each card's share before and after, and what stays in reserve. */
export function DistributionPreview({ budget, outcome, stale, weights }: DistributionPreviewProps) {
  const t = useT();
  const words = useBulkWords();
  const { say } = useAmounts();
  const [all, setAll] = useState(false);
  const measures = planned(budget);
  const rows = all ? outcome.items : outcome.items.slice(0, FIRST);
  const more = (measure: Planned) => units(measure, budget.reserve[measure]) - units(measure, outcome.reserve[measure]);
  const before = (item: Distribution['items'][number], measure: Planned) => {
    const had = measure === 'roubles' ? item.roubles_before : item.litres_before;
    return had === null ? t('budget.noShare') : say(measure, had);
  };
  return (
    <div data-stale={stale || undefined} className={classes.preview} aria-busy={stale}>
      <SumsAfter budget={budget} more={{ roubles: more('roubles'), litres: more('litres') }} />
      <Table
        label={t('budget.preview')}
        head={
          <>
            <th scope="col">{t('cards.card')}</th>
            {weights && <th scope="col">{t('budget.weight')}</th>}
            <th scope="col" className={table.number}>{t('budget.was')}</th>
            <th scope="col" className={table.number}>{t('budget.willBe')}</th>
          </>
        }
      >
        {rows.map((item) => {
          const name = item.label || groupedNumber(item.number);
          return (
            <tr key={item.number}>
              <td>
                <span className={table.main}>{name}</span>
                {item.code && (
                  <div className={classes.wrong}>
                    <IconAlertTriangle size={15} aria-hidden /> {words(item.code)}
                  </div>
                )}
                {measures
                  .filter((measure) => isBelow(item, measure))
                  .map((measure) => (
                    <div key={measure} className={classes.wrong}>
                      <IconAlertTriangle size={15} aria-hidden /> {t('budget.below', { amount: say(measure, item.least[measure]) })}
                    </div>
                  ))}
              </td>
              {weights && (
                <td>
                  <TextInput
                    size="sm"
                    className={classes.weight}
                    aria-label={t('budget.weightOf', { name })}
                    inputMode="numeric"
                    value={weights.typed[item.number] ?? '1'}
                    onChange={(event) => weights.change(item.number, event.currentTarget.value)}
                    error={weights.wrong(item.number)}
                  />
                </td>
              )}
              <td className={table.number} data-name={t('budget.was')}>
                {measures.map((measure) => (
                  <div key={measure} className="muted">
                    {before(item, measure)}
                    {!isZero(item.lent[measure]) && ` (${t('budget.lent', { amount: say(measure, item.lent[measure]) })})`}
                  </div>
                ))}
              </td>
              <td className={table.number} data-name={t('budget.willBe')}>
                {measures.map((measure) => {
                  const part = item[measure];
                  return (
                    <div key={measure} className={classes.after}>
                      <IconArrowRight size={15} aria-hidden className="muted" /> {part === null ? t('budget.noShare') : say(measure, part)}
                    </div>
                  );
                })}
              </td>
            </tr>
          );
        })}
      </Table>
      {rows.length < outcome.items.length && (
        <Button variant="subtle" size="compact-md" onClick={() => setAll(true)}>
          {t('fleet.andMore', { count: outcome.items.length - rows.length })}
        </Button>
      )}
      {rows.length === outcome.items.length && outcome.items.length < outcome.cards && <p className="muted">{t('fleet.andMore', { count: outcome.cards - rows.length })}</p>}
    </div>
  );
}
