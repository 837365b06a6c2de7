import { VisuallyHidden } from '@mantine/core';
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
import { PickAll, PickOne, pickedRow } from '@/ui/Pick';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { CardStatus } from '@/ui/trade/CardStatus';
import type { Selection } from '@/ui/useSelection';
import classes from './CardTable.module.css';

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
            <PickAll selection={selection}>{t('cards.card')}</PickAll>
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
        <tr key={card.number} {...pickedRow(selection, card.number)}>
          <td>
            <PickOne selection={selection} id={card.number} name={card.label || groupedNumber(card.number)}>
              <Link data-row {...reading.toCard(card.number)} className={table.main}>
                {card.label || t('cards.noLabel')}
              </Link>
              <div className={classes.number}>
                {groupedNumber(card.number)}
                <CopyText value={card.number} label={t('cards.copyNumber')} />
                {card.funding === 'purse' && <span>· {t('cards.purse')}</span>}
              </div>
            </PickOne>
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
