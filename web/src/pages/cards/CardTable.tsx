import { Checkbox, VisuallyHidden } from '@mantine/core';
import { IconInfinity } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useSource } from '@/source/source';
import { Badge } from '@/ui/Badge';
import { CopyText } from '@/ui/CopyText';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { CardStatus } from '@/ui/trade/CardStatus';
import classes from './CardTable.module.css';
import type { Selection } from './useSelection';

interface CardTableProps {
  cards: CardRow[];
  /** What can be done about one card, at the end of its row. */
  action?: (card: CardRow) => ReactNode;
  selection?: Selection;
}

export function CardTable({ cards, action, selection }: CardTableProps) {
  const t = useT();
  const format = useFormat();
  const { reading } = useSource();

  return (
    <Table
      label={t('frame.cards')}
      head={
        <>
          <th scope="col">
            <span className={classes.pickable}>
              {selection && (
                <Checkbox
                  size="sm"
                  aria-label={t('fleet.pickShown')}
                  checked={selection.shown === 'all'}
                  indeterminate={selection.shown === 'some'}
                  onChange={selection.toggleShown}
                />
              )}
              {t('cards.card')}
            </span>
          </th>
          <th scope="col">{t('cards.status')}</th>
          <th scope="col" className={table.spare}>{t('cards.group')}</th>
          <th scope="col" className={table.spare}>{t('cards.validUntil')}</th>
          <th scope="col" className={table.number}>
            {t('cards.spentMonth')}
          </th>
          {action && (
            <th scope="col">
              <VisuallyHidden>{t('cards.act')}</VisuallyHidden>
            </th>
          )}
        </>
      }
    >
      {cards.map((card) => (
        <tr key={card.number} data-picked={selection?.picked.has(card.number) || undefined} className={classes.row}>
          <td>
            <div className={classes.pickable}>
              {selection && (
                <Checkbox
                  size="sm"
                  data-pick
                  className={classes.pick}
                  aria-label={t('fleet.pick', { name: card.label || groupedNumber(card.number) })}
                  checked={selection.picked.has(card.number)}
                  onChange={(event) => selection.toggle(card.number, (event.nativeEvent as MouseEvent).shiftKey)}
                />
              )}
              <div>
                <Link data-row {...reading.toCard(card.number)} className={table.main}>
                  {card.label || t('cards.noLabel')}
                </Link>
                <div className={classes.number}>
                  {groupedNumber(card.number)}
                  <CopyText value={card.number} label={t('cards.copyNumber')} />
                  {card.funding === 'purse' && <span>· {t('cards.purse')}</span>}
                </div>
              </div>
            </div>
          </td>
          <td>
            <div className={classes.badges}>
              <CardStatus status={card.status} />
              {card.unlimited && card.status === 'active' && (
                <Badge tone="attention" icon={<IconInfinity aria-hidden />}>
                  {t('cards.unlimited')}
                </Badge>
              )}
            </div>
          </td>
          <td className={table.spare}>{card.group}</td>
          <td className={`${table.spare} nowrap`}>{format.date(card.valid_until)}</td>
          <td className={table.number} data-name={t('cards.spentMonth')}>
            {format.roubles(card.spent_this_month)}
            {!isZero(card.held) && <div className={table.under}>{t('cards.heldNow', { amount: format.roubles(card.held) })}</div>}
          </td>
          {action && <td className={classes.act}>{action(card)}</td>}
        </tr>
      ))}
    </Table>
  );
}
