import { Button } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import {
  getV1StaffCardsByNumberLimitsOptions, getV1StaffCardsByNumberOptions, postV1StaffCardsByNumberPinResetTriesMutation,
} from '@/api/@tanstack/react-query.gen';
import type { StaffCard } from '@/api/types.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Rules } from '@/model';
import { CanFuelNow } from '@/pages/card/CanFuelNow';
import { Holds } from '@/pages/card/Holds';
import { PinState } from '@/pages/card/PinPanel';
import { RecentOnCard } from '@/pages/card/RecentOnCard';
import { RulesInForce } from '@/pages/card/RulesInForce';
import { SharePanel } from '@/pages/card/SharePanel';
import { Succession } from '@/pages/card/Succession';
import { Funding } from '@/pages/purse/Funding';
import { useMay } from '@/session/may';
import { OfCompany } from '@/source/desk';
import { BackLink } from '@/ui/BackLink';
import { CopyText } from '@/ui/CopyText';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import { CardStatus } from '@/ui/trade/CardStatus';
import { CloseCardButton } from './CloseCardButton';
import { ReplaceButton } from './ReplaceButton';
import { SheetButton } from './SheetButton';
import { StaffBlockButton } from './StaffBlockButton';
import { useMoved } from './useMoved';

const route = getRouteApi('/cabinet/staff/companies/$id/cards/$number');

/** A card at the desk: what its client sees, and what only staff may do. */
export function CompanyCardPage() {
  const t = useT();
  const { id, number } = route.useParams();
  const { data, error, refetch } = useQuery({
    ...queryOptions(getV1StaffCardsByNumberOptions({ path: { number } })),
    refetchInterval: LIVE_MS,
  });
  return (
    <OfCompany id={id}>
      {data ? (
        <TheCard card={data} />
      ) : (
        <>
          <PageHead title={groupedNumber(number)} back={<ToCards id={id} />} />
          <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('card.loading')} />}</Panel>
        </>
      )}
    </OfCompany>
  );
}

function ToCards({ id, name }: { id: string; name?: string }) {
  const t = useT();
  return (
    <BackLink to="/staff/companies/$id/cards" params={{ id }}>{name ? t('company.cardsOf', { name }) : t('frame.cards')}</BackLink>
  );
}

function TheCard({ card }: { card: StaffCard }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const rules = useQuery({
    ...queryOptions(getV1StaffCardsByNumberLimitsOptions({ path: { number: card.number } })),
    refetchInterval: LIVE_MS,
  });
  return (
    <>
      <PageHead
        title={card.label || groupedNumber(card.number)}
        back={<ToCards id={card.company.id} name={card.company.name} />}
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
          may('provision') &&
          card.status !== 'closed' && (
            <>
              <StaffBlockButton card={card} size="sm" />
              <ReplaceButton card={card} rules={rules.data} />
              <CloseCardButton card={card} />
            </>
          )
        }
      />
      <Inherited card={card} rules={rules.data} />
      <div className={page.grid}>
        <div className={page.main}>
          <CanFuelNow card={card} />
          <Panel title={t('rules.title')}>
            {rules.data ? (
              <RulesInForce rules={rules.data} />
            ) : rules.error ? (
              <Failed error={rules.error} again={() => void rules.refetch()} />
            ) : (
              <Loading words={t('rules.loading')} />
            )}
          </Panel>
          <RecentOnCard number={card.number} />
        </div>
        <div className={page.side}>
          <Funding card={card} />
          <SharePanel card={card} />
          <Holds card={card} />
          {card.status !== 'closed' && <Pin card={card} />}
        </div>
      </div>
    </>
  );
}

/** Whose place it took: right after that, with all that has passed to it and the act to be signed. */
function Inherited({ card, rules }: { card: StaffCard; rules: Rules | undefined }) {
  const moved = useMoved();
  const replacement = useLocation({ select: ({ state }) => state.replacement });
  const old = useQuery({
    ...getV1StaffCardsByNumberOptions({ path: { number: card.replaces ?? '' } }),
    enabled: card.replaces !== null,
    refetchInterval: LIVE_MS,
  });
  const justNow = replacement?.number === card.number;
  return (
    <Succession
      card={card}
      old={old.data}
      moved={justNow && rules ? moved(card, rules, replacement.purse) : undefined}
      actions={justNow && <SheetButton size="sm" company={card.company.id} numbers={[card.number]} />}
    />
  );
}

/** The desk does not set a PIN; it may forgive wrong tries. */
function Pin({ card }: { card: StaffCard }) {
  const t = useT();
  const may = useMay();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const forgive = useMutation({
    ...postV1StaffCardsByNumberPinResetTriesMutation(),
    onSuccess: () => toastDone(t('pin.forgiven')),
    onError: (error) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <Panel
      title={t('pin.title')}
      actions={
        card.pin === 'locked' &&
        may('provision') && (
          <Button size="compact-md" loading={forgive.isPending} onClick={() => forgive.mutate({ path: { number: card.number } })}>
            {t('pin.forgive')}
          </Button>
        )
      }
    >
      <PinState card={card} />
    </Panel>
  );
}
