import { useQuery } from '@tanstack/react-query';
import { IconBan, IconChevronRight, IconCircleCheck, IconInfinity, IconLockExclamation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useSource } from '@/source/source';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import classes from './Attention.module.css';

const CARDS_READ = 100;
const DECLINES_READ = 100;
const NAMED = 3;

/** What a person should look at today, and nothing when there is nothing. `today` is the server's, as a date. */
export function Attention({ today }: { today: string }) {
  const t = useT();
  const source = useSource();
  const { reading } = source;
  const cards = useQuery({ ...source.cards({ limit: CARDS_READ }), refetchInterval: LIVE_MS * 4 });
  const declines = useQuery({
    ...source.history({ type: 'decline', from: today, to: today, limit: DECLINES_READ }),
    refetchInterval: LIVE_MS,
  });

  if (!cards.data || !declines.data) {
    const failed = cards.error ?? declines.error;
    return (
      <Panel title={t('attention.title')}>
        {failed ? <Failed error={failed} /> : <Loading words={t('attention.loading')} />}
      </Panel>
    );
  }

  const byStaff = cards.data.items.filter((card) => card.status === 'blocked_by_staff');
  const unlimited = cards.data.items.filter((card) => card.unlimited && card.status === 'active');
  const refused = declines.data.items.length;
  const more = declines.data.next_cursor !== null;

  return (
    <Panel title={t('attention.title')}>
      {refused + byStaff.length + unlimited.length === 0 && (
        <p className={classes.calm}>
          <IconCircleCheck aria-hidden />
          {t('attention.nothing')}
        </p>
      )}
      <ul className={classes.list}>
        {refused > 0 && (
          <li>
            <Link {...reading.toHistory({ type: 'decline', from: today, to: today })} className={classes.item} data-tone="refused">
              <IconBan aria-hidden />
              <span>{t(more ? 'attention.manyRefusals' : 'attention.refusals', { count: refused })}</span>
              <IconChevronRight aria-hidden className={classes.go} />
            </Link>
          </li>
        )}
        <Cards cards={byStaff} icon={<IconLockExclamation aria-hidden />} words={t('attention.byStaff', { count: byStaff.length })} />
        <Cards cards={unlimited} icon={<IconInfinity aria-hidden />} words={t('attention.unlimited', { count: unlimited.length })} />
      </ul>
    </Panel>
  );
}

/** The first few cards by name, each a link. */
function Cards({ cards, icon, words }: { cards: CardRow[]; icon: ReactNode; words: string }) {
  const t = useT();
  const { reading } = useSource();
  if (cards.length === 0) return null;
  return (
    <li>
      <div className={classes.item} data-tone="attention">
        {icon}
        <div>
          <p>{words}</p>
          <ul className={classes.cards}>
            {cards.slice(0, NAMED).map((card) => (
              <li key={card.number}>
                <Link {...reading.toCard(card.number)}>
                  {card.label || groupedNumber(card.number)}
                </Link>
              </li>
            ))}
            {cards.length > NAMED && (
              <li>
                <Link {...reading.toCards()}>{t('attention.more', { count: cards.length - NAMED })}</Link>
              </li>
            )}
          </ul>
        </div>
      </div>
    </li>
  );
}
