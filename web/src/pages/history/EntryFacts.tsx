import { IconMessageCircleQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PromotionName } from '@/api/types.gen';
import { isZero } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { useSession } from '@/session/session';
import { own, useSource } from '@/source/source';
import { CopyText } from '@/ui/CopyText';
import { Figure } from '@/ui/Figure';
import { LinkButton } from '@/ui/LinkButton';
import { Note } from '@/ui/Note';
import { useRuleWords } from '@/ui/trade/ruleWords';
import classes from './EntryFacts.module.css';
import { Life } from './Life';

/** An operation's number is long; its beginning tells it apart, the button copies it whole. */
const SHOWN_OF_ID = 12;

/** An operation's facts; `action` is what this reader may do about it. */
export function EntryFacts({ entry, action }: { entry: EntryDetails; action?: ReactNode }) {
  const t = useT();
  const format = useFormat();
  const { unitOf, nameOf } = useProducts();
  const { sayDecline } = useProblem();
  const words = useRuleWords();
  const { reading } = useSource();
  const isClient = useSession().user.kind === 'client';
  const declined = entry.type === 'decline';
  const quantity = entry.quantity ? format.quantity(entry.quantity, unitOf(entry.product)) : null;

  const pocket = (name: string) => (name === 'account' ? t('history.account') : groupedNumber(name));
  const titleOf = ({ title, title_en: english }: PromotionName) => (format.locale === 'en' && english ? english : title);

  const facts: [string, ReactNode][] = [
    [t('history.when'), format.dateTime(entry.at)],
    [
      t('history.card'),
      entry.card_number && (
        <Link key="card" {...reading.toCard(entry.card_number)}>
          {groupedNumber(entry.card_number)}
        </Link>
      ),
    ],
    [t('entry.from'), entry.from && pocket(entry.from)],
    [t('entry.to'), entry.to && pocket(entry.to)],
    [t('history.station'), entry.station_code],
    [t('history.product'), entry.product && nameOf(entry.product)],
    [t(declined ? 'entry.asked' : 'history.quantity'), quantity],
    [t('entry.price'), entry.price && format.roubles(entry.price)],
    [t('entry.listPrice'), entry.list_price && entry.list_price !== entry.price && format.roubles(entry.list_price)],
    [t('entry.discount'), !isZero(entry.discount) && format.roubles(entry.discount)],
    [
      t('entry.promotion'),
      entry.promotion &&
        (reading.whose === own.whose ? (
          <Link key="promotion" to="/offers/$id" params={{ id: entry.promotion.id }}>
            {titleOf(entry.promotion)}
          </Link>
        ) : (
          titleOf(entry.promotion)
        )),
    ],
    [t('entry.vat'), entry.vat_rate && `${entry.vat_rate} %`],
    [t('entry.payer'), entry.payer && (entry.payer.inn ? t('entry.payerOf', { name: entry.payer.name, inn: entry.payer.inn }) : entry.payer.name)],
    [t('entry.dispute'), entry.dispute && <DisputeLink key="dispute" dispute={entry.dispute} isClient={isClient} />],
    [t('payment.document'), entry.document_number],
    [t('payment.date'), entry.document_date && format.date(entry.document_date)],
    [t('payment.comment'), entry.comment],
    [
      t('entry.number'),
      <span key="id" className={classes.id}>
        {entry.id.slice(0, SHOWN_OF_ID)}…
        <CopyText value={entry.id} label={t('entry.copyNumber')} />
      </span>,
    ],
  ];

  return (
    <div className={classes.facts}>
      <Figure
        size="large"
        label={t(`entryType.${entry.type}`)}
        value={declined ? (quantity ?? t('history.notTaken')) : entry.moved ? format.roubles(entry.moved) : format.roubles(entry.amount, true)}
        tone={declined ? 'refused' : 'plain'}
      />
      {entry.flags.includes('reversed') && <Note tone="attention" title={t('reversal.reversed')} />}
      {declined && entry.reason && (
        <Note tone="refused" title={sayDecline(entry.reason)}>
          {entry.reason.remaining && entry.reason.measure && (
            <p>{t('entry.remaining', { quantity: words.amount(entry.reason.measure, entry.reason.remaining) })}</p>
          )}
          {entry.reason.resets_at && <p>{t('limit.resets', { at: format.dateTime(entry.reason.resets_at) })}</p>}
        </Note>
      )}
      <dl className={classes.list}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {entry.life.length > 0 && <Life life={entry.life} type={entry.type} product={entry.product} />}
      {isClient && (
        <LinkButton
          to="/tickets/new"
          search={{ entry: entry.id, card: entry.card_number ?? undefined }}
          variant="default"
          leftSection={<IconMessageCircleQuestion size={18} aria-hidden />}
        >
          {t('tickets.ask')}
        </LinkButton>
      )}
      {action}
    </div>
  );
}

/** Where the dispute of an operation is read by this person. */
function DisputeLink({ dispute: { id, number, state }, isClient }: { dispute: NonNullable<EntryDetails['dispute']>; isClient: boolean }) {
  const t = useT();
  return (
    <Link to={isClient ? '/disputes/$id' : '/staff/disputes/$id'} params={{ id }}>
      {t('entry.disputeOf', { number, state: t(`disputeState.${state}`) })}
    </Link>
  );
}
