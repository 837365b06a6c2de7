import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat, useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Otherwise } from '@/model';
import { useRuleWords } from '@/ui/trade/ruleWords';
import classes from './OtherwiseList.module.css';

/** More rows than this come in parts. */
const PART = 20;

interface OtherwiseListProps {
  title: string;
  items: Otherwise[];
  onOpen: (id: string) => void;
}

/** Fills or declines that would have ended otherwise, in order of time; each opens its operation. */
export function OtherwiseList({ title, items, onOpen }: OtherwiseListProps) {
  const t = useT();
  const [most, setMost] = useState(PART);
  if (items.length === 0) return null;
  return (
    <details className={classes.list}>
      <summary className={classes.title}>
        <IconChevronDown size={17} aria-hidden />
        {title} <span className={classes.many}>{items.length}</span>
      </summary>
      <ol className={classes.rows}>
        {items.slice(0, most).map((item) => (
          <li key={item.entry_id}>
            <Row item={item} onOpen={onOpen} />
          </li>
        ))}
      </ol>
      {items.length > most && (
        <Button className={classes.more} variant="subtle" size="compact-md" onClick={() => setMost(most + PART)}>
          {t('common.showMore')}
        </Button>
      )}
    </details>
  );
}

function Row({ item, onOpen }: { item: Otherwise; onOpen: (id: string) => void }) {
  const t = useT();
  const format = useFormat();
  const words = useRuleWords();
  const { unitOf, nameOf } = useProducts();
  const { sayDecline } = useProblem();
  const { reason } = item;
  const quantity = format.quantity(item.quantity, unitOf(item.product));
  return (
    <button type="button" className={classes.row} onClick={() => onOpen(item.entry_id)}>
      <span className={classes.when}>{format.dateTime(item.at)}</span>
      <span className={classes.what}>
        {item.product && `${nameOf(item.product)} · `}
        {t('history.muchWhere', { quantity, station: item.station_code })}
      </span>
      {reason && (
        <span className={classes.reason}>
          {sayDecline(reason)}
          {reason.remaining && reason.measure && (
            <span className={classes.left}>{t('entry.remaining', { quantity: words.amount(reason.measure, reason.remaining) })}</span>
          )}
        </span>
      )}
    </button>
  );
}
