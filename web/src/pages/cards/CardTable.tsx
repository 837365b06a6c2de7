import { Button, VisuallyHidden } from '@mantine/core';
import { IconInfinity, IconLock, IconLockOpen } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useMay } from '@/session/may';
import { Badge } from '@/ui/Badge';
import { CopyText } from '@/ui/CopyText';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { CardStatus } from '@/ui/trade/CardStatus';
import classes from './CardTable.module.css';
import { useBlocking } from './useBlocking';

export function CardTable({ cards }: { cards: CardRow[] }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { block, unblock, pending } = useBlocking();
  const changing = may('block');

  return (
    <Table
      label={t('frame.cards')}
      head={
        <>
          <th scope="col">{t('cards.card')}</th>
          <th scope="col">{t('cards.status')}</th>
          <th scope="col" className={table.spare}>{t('cards.group')}</th>
          <th scope="col" className={table.spare}>{t('cards.validUntil')}</th>
          <th scope="col" className={table.number}>
            {t('cards.spentMonth')}
          </th>
          {changing && (
            <th scope="col">
              <VisuallyHidden>{t('cards.act')}</VisuallyHidden>
            </th>
          )}
        </>
      }
    >
      {cards.map((card) => (
        <tr key={card.number}>
          <td>
            <Link data-row to="/cards/$number" params={{ number: card.number }} className={table.main}>
              {card.label || t('cards.noLabel')}
            </Link>
            <div className={classes.number}>
              {groupedNumber(card.number)}
              <CopyText value={card.number} label={t('cards.copyNumber')} />
              {card.funding === 'purse' && <span>· {t('cards.purse')}</span>}
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
          {changing && (
            <td className={classes.act}>
              {card.status === 'active' && (
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconLock size={15} />}
                  loading={pending === card.number}
                  onClick={() => block(card)}
                  aria-label={t('cards.blockNamed', { name: card.label || groupedNumber(card.number) })}
                >
                  <span className={classes.words}>{t('cards.block')}</span>
                </Button>
              )}
              {card.status === 'blocked' && may('unblock') && (
                <Button
                  size="compact-sm"
                  variant="light"
                  leftSection={<IconLockOpen size={15} />}
                  loading={pending === card.number}
                  onClick={() => unblock(card)}
                  aria-label={t('cards.unblockNamed', { name: card.label || groupedNumber(card.number) })}
                >
                  <span className={classes.words}>{t('cards.unblock')}</span>
                </Button>
              )}
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}
