import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import type { Planned } from '@/format/sums';
import { useT } from '@/i18n/message';
import type { Budget, BudgetLine } from '@/model';
import { useSource } from '@/source/source';
import { PickAll, PickOne, pickedRow } from '@/ui/Pick';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import type { Selection } from '@/ui/useSelection';
import classes from './budget.module.css';
import { planned } from './share';
import { ShareBar } from './ShareBar';
import { useAmounts } from './useAmounts';

interface ShareTableProps {
  budget: Budget;
  lines: BudgetLine[];
  selection?: Selection;
  /** What stands in place of a card's share: the fields that change it. */
  renderShare?: (line: BudgetLine) => ReactNode;
}

/** Cards with their shares; each bar is made of what the card used, what it holds and what it has left. */
export function ShareTable({ budget, lines, selection, renderShare }: ShareTableProps) {
  const t = useT();
  const { reading } = useSource();
  const { say } = useAmounts();
  const measures = planned(budget);
  const each = (value: (measure: Planned) => ReactNode) =>
    measures.map((measure) => (
      <div key={measure} className={classes.amount}>
        {value(measure)}
      </div>
    ));
  return (
    <Table
      label={t('budget.shares')}
      head={
        <>
          <th scope="col">
            <PickAll selection={selection}>{t('cards.card')}</PickAll>
          </th>
          <th scope="col" className={table.number}>{t('budget.share')}</th>
          <th scope="col" className={table.number}>{t('budget.used')}</th>
          <th scope="col" className={`${table.number} ${table.spare}`}>{t('budget.held')}</th>
          <th scope="col" className={classes.barColumn}>{t('budget.left')}</th>
        </>
      }
    >
      {lines.map((line) => {
        const name = line.label || groupedNumber(line.number);
        const free = measures.every((measure) => line[measure] === null);
        return (
          <tr key={line.number} {...pickedRow(selection, line.number)}>
            <td className={classes.card}>
              <PickOne selection={selection} id={line.number} name={name}>
                <Link data-row {...reading.toCard(line.number)} className={table.main}>
                  {name}
                </Link>
                <div className={table.under}>
                  {line.label ? groupedNumber(line.number) : ''}
                  {line.group && ` ${line.label ? '· ' : ''}${line.group}`}
                </div>
              </PickOne>
            </td>
            <td className={table.number} data-name={t('budget.share')}>
              {renderShare?.(line) ?? (free ? <span className="muted">{t('budget.noShare')}</span> : each((measure) => <Share line={line} measure={measure} />))}
            </td>
            <td className={table.number} data-name={t('budget.used')}>
              {each((measure) => say(measure, line.used[measure]))}
            </td>
            <td className={`${table.number} ${table.spare}`}>{each((measure) => say(measure, line.held[measure]))}</td>
            <td className={`${classes.barColumn} ${table.wide}`}>
              {free ? <span className="muted">{t('budget.notCapped')}</span> : each((measure) => <ShareBar line={line} measure={measure} />)}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

/** A card's share this month, and what of it is not the plan's usual part. */
function Share({ line, measure }: { line: BudgetLine; measure: Planned }) {
  const t = useT();
  const { say } = useAmounts();
  const share = line[measure];
  if (share === null) return <span className="muted">{t('budget.noShare')}</span>;
  const [lent, carried] = [line.lent[measure], line.carried[measure]];
  return (
    <>
      {say(measure, share)}
      {!isZero(lent) && <div className={table.under}>{t('budget.lent', { amount: say(measure, lent) })}</div>}
      {!isZero(carried) && <div className={table.under}>{t('budget.plusCarried', { amount: say(measure, carried) })}</div>}
    </>
  );
}
