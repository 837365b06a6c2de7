import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconMessageCircleQuestion } from '@tabler/icons-react';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { TransferButton } from '@/pages/purse/TransferButton';
import { useMay } from '@/session/may';
import { BackLink } from '@/ui/BackLink';
import { CopyText } from '@/ui/CopyText';
import { LinkButton } from '@/ui/LinkButton';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { CardStatus } from '@/ui/trade/CardStatus';
import { BlockHistory } from './BlockHistory';
import { BlockButton } from './BlockButton';
import { CanFuelNow } from './CanFuelNow';
import { CardRules } from './CardRules';
import { CheckForm } from './CheckForm';
import { Holds } from './Holds';
import { PinPanel } from './PinPanel';
import { RecentOnCard } from './RecentOnCard';
import { RenameButton } from './RenameButton';
import { SharePanel } from './SharePanel';
import { Succession } from './Succession';
import { cardQuery } from './useCard';

const route = getRouteApi('/cabinet/client/cards/$number');

/** One card: what it can do now, what holds it back, and what happened on it. */
export function CardPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { number } = route.useParams();
  const { data, error, refetch } = useQuery(cardQuery(number));
  const replaces = data?.card.replaces;
  const old = useQuery({ ...cardQuery(replaces ?? ''), enabled: Boolean(replaces) });
  const back = (
    <BackLink to="/cards">{t('frame.cards')}</BackLink>
  );

  if (!data) {
    return (
      <>
        <PageHead title={groupedNumber(number)} back={back} />
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('card.loading')} />}</Panel>
      </>
    );
  }

  const { card, edition } = data;
  return (
    <>
      <PageHead
        title={card.label || groupedNumber(card.number)}
        back={back}
        note={
          <div className={page.facts}>
            <CardStatus status={card.status} />
            <span className={page.number}>
              {groupedNumber(card.number)}
              <CopyText value={card.number} label={t('cards.copyNumber')} />
            </span>
            {card.group && <span>{card.group}</span>}
            <span>{t('card.until', { date: format.date(card.valid_until) })}</span>
          </div>
        }
        actions={
          <>
            {may('editCard') && card.status !== 'closed' && <RenameButton card={card} edition={edition} />}
            {card.funding === 'purse' && card.status !== 'closed' && <TransferButton purse={card} />}
            <LinkButton
              to="/tickets/new"
              search={{ card: number }}
              variant="default"
              leftSection={<IconMessageCircleQuestion size={18} aria-hidden />}
            >
              {t('tickets.askCard')}
            </LinkButton>
            <BlockButton card={card} />
          </>
        }
      />
      <Succession card={card} old={old.data?.card} />
      <div className={page.grid}>
        <div className={page.main}>
          <CanFuelNow card={card} />
          <CardRules card={card} />
          <RecentOnCard number={number} />
          <BlockHistory card={card} />
        </div>
        <div className={page.side}>
          <SharePanel card={card} />
          <Holds card={card} />
          {may('check') && card.status !== 'closed' && <CheckForm card={card} />}
          {card.status !== 'closed' && <PinPanel card={card} />}
        </div>
      </div>
    </>
  );
}
