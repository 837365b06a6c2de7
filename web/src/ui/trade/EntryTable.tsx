import { IconArrowBackUp, IconArrowDownLeft, IconArrowsExchange, IconBan, IconGasStation, IconPencilPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isNegative, isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useMaybe, useT } from '@/i18n/message';
import type { Entry } from '@/model';
import { useSource } from '@/source/source';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './EntryTable.module.css';
import { useCardNames } from './useCardNames';

const ICONS = {
  purchase: IconGasStation,
  refund: IconArrowBackUp,
  payment: IconArrowDownLeft,
  transfer: IconArrowsExchange,
  adjustment: IconPencilPlus,
  decline: IconBan,
} as const;

interface EntryTableProps {
  entries: Entry[];
  /** Opens the details; without it the rows are only read. */
  onOpen?: (id: string) => void;
  withoutCard?: boolean;
  /** In a narrow place: how much and where stand under the operation. */
  compact?: boolean;
}

/** Operations and declines, newest first. A row that arrives while the page is open shows that it did. */
export function EntryTable({ entries, onOpen, withoutCard = false, compact = false }: EntryTableProps) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  const { sayDecline } = useProblem();
  const names = useCardNames(!withoutCard);
  const { reading } = useSource();
  const arrived = useArrived(entries);
  const pocket = (name: string) => (name === 'account' ? t('history.account') : (names.get(name) ?? groupedNumber(name)));

  return (
    <Table
      label={t('frame.history')}
      head={
        <>
          <th scope="col">{t('history.what')}</th>
          <th scope="col">{t('history.when')}</th>
          {!withoutCard && <th scope="col">{t('history.card')}</th>}
          {!compact && (
            <th scope="col" className={classes.own}>
              {t('history.station')}
            </th>
          )}
          {!compact && (
            <th scope="col" className={`${table.number} ${classes.own}`}>
              {t('history.quantity')}
            </th>
          )}
          <th scope="col" className={table.number}>
            {t('history.amount')}
          </th>
        </>
      }
    >
      {entries.map((entry) => {
        const Icon = ICONS[entry.type];
        const declined = entry.type === 'decline';
        const howMuch = entry.quantity && format.quantity(entry.quantity, unitOf(entry.product));
        const words = (
          <>
            {t(`entryType.${entry.type}`)}
            {entry.product && <span className={classes.product}> · {nameOf(entry.product)}</span>}
          </>
        );
        return (
          <tr key={entry.id} className={arrived.has(entry.id) ? 'arrived' : undefined}>
            <td>
              <span className={classes.what} data-type={entry.type}>
                <span className={classes.icon}>
                  <Icon aria-hidden />
                </span>
                <span className={classes.words}>
                  {onOpen ? (
                    <button type="button" data-row className={table.main} onClick={() => onOpen(entry.id)}>
                      {words}
                    </button>
                  ) : (
                    <span className={classes.plain}>{words}</span>
                  )}
                  {howMuch && (
                    <span className={compact ? table.under : `${table.under} ${classes.underneath}`}>
                      {entry.station_code ? t('history.muchWhere', { quantity: howMuch, station: entry.station_code }) : howMuch}
                    </span>
                  )}
                  {entry.from && entry.to && (
                    <span className={table.under}>
                      {pocket(entry.from)} → {pocket(entry.to)}
                    </span>
                  )}
                  {declined && entry.reason && <span className={classes.reason}>{sayDecline(entry.reason)}</span>}
                  {entry.flags.length > 0 && (
                    <span className={table.under}>{entry.flags.map((flag) => maybe(`flag.${flag}`) ?? flag).join(', ')}</span>
                  )}
                </span>
              </span>
            </td>
            <td className={classes.when}>{format.dateTime(entry.at)}</td>
            {!withoutCard && (
              <td className={classes.whose}>
                {entry.card_number && (
                  <Link {...reading.toCard(entry.card_number)} className={classes.card}>
                    {names.get(entry.card_number) ?? groupedNumber(entry.card_number)}
                    {!compact && names.has(entry.card_number) && <span className={classes.number}>{groupedNumber(entry.card_number)}</span>}
                  </Link>
                )}
              </td>
            )}
            {!compact && <td className={classes.own}>{entry.station_code}</td>}
            {!compact && <td className={`${table.number} ${classes.own}`}>{howMuch}</td>}
            <td className={`${table.number} ${classes.amount}`}>
              {declined ? (
                <span className="muted">{t('history.notTaken')}</span>
              ) : entry.moved ? (
                format.roubles(entry.moved)
              ) : (
                <span data-in={!isNegative(entry.amount) || undefined}>
                  {format.roubles(entry.amount, true)}
                </span>
              )}
              {entry.type === 'purchase' && !isZero(entry.discount) && (
                <span className={classes.saved}>{t('history.saved', { amount: format.roubles(entry.discount) })}</span>
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

const ARRIVAL_SHOWN_MS = 2_500;

const idsOf = (entries: Entry[]) => new Set(entries.map((entry) => entry.id));

/** The entries above the ones already known: those that came while the page was open. */
function useArrived(entries: Entry[]): Set<string> {
  const [known, setKnown] = useState(() => idsOf(entries));
  useEffect(() => {
    const timer = setTimeout(() => setKnown(idsOf(entries)), ARRIVAL_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [entries]);
  const firstKnown = entries.findIndex((entry) => known.has(entry.id));
  return idsOf(firstKnown > 0 ? entries.slice(0, firstKnown) : []);
}
