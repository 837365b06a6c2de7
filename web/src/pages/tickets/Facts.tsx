import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { Entry, Ticket } from '@/model';
import { useWait } from '@/pages/staff/useWait';
import { useSource } from '@/source/source';
import { Panel } from '@/ui/Panel';
import { useCardNames } from '@/ui/trade/useCardNames';
import classes from './tickets.module.css';

/** Under this the wait is said in words. */
const MINUTE_MS = 60_000;

/** What stands of a ticket beside what is said in it: what it is about, and how long it took to be answered. */
export function Facts({ ticket, facts, children }: { ticket: Ticket; facts?: [string, ReactNode][]; children?: ReactNode }) {
  const t = useT();
  const format = useFormat();
  const all: [string, ReactNode][] = [
    ...(facts ?? []),
    [t('tickets.card'), ticket.card && <CardLink key="card" number={ticket.card} />],
    [t('tickets.entry'), ticket.entry_id && <EntryLink key="entry" id={ticket.entry_id} />],
    [t('tickets.topic'), ticket.topic === 'correction' && t('ticketTopic.correction')],
    [t('tickets.opened'), format.dateTime(ticket.created_at)],
    [t('tickets.firstAnswer'), <FirstAnswer key="first" ticket={ticket} />],
  ];
  return (
    <Panel title={t('tickets.about')}>
      <dl className={classes.facts}>
        {all
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {children}
    </Panel>
  );
}

function FirstAnswer({ ticket: { created_at: asked, first_answered_at: answered, waits_since: since } }: { ticket: Ticket }) {
  const t = useT();
  const wait = useWait();
  if (!answered) return since ? t('tickets.notAnswered', { wait: wait(since) }) : t('tickets.neverAnswered');
  if (Date.parse(answered) - Date.parse(asked) < MINUTE_MS) return t('tickets.answeredAtOnce');
  return t('tickets.answeredIn', { wait: wait(asked, answered) });
}

function CardLink({ number }: { number: string }) {
  const { reading } = useSource();
  const label = useCardNames(true).get(number);
  return (
    <Link {...reading.toCard(number)}>
      {label ? `${label} · ` : ''}
      {groupedNumber(number)}
    </Link>
  );
}

function EntryLink({ id }: { id: string }) {
  const t = useT();
  const source = useSource();
  const words = useEntryWords();
  const { data } = useQuery({ ...source.entry(id), staleTime: 60_000 });
  return <Link {...source.reading.toHistory({ entry: id })}>{data ? words(data) : t('tickets.entry')}</Link>;
}

/** A line of history in a few words: what it was and when. */
export function useEntryWords(): (entry: Pick<Entry, 'type' | 'at'>) => string {
  const t = useT();
  const format = useFormat();
  return (entry) => t('tickets.subjectOf', { what: t(`entryType.${entry.type}`), at: format.dateTime(entry.at) });
}
