import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import back from '@/pages/card/CardPage.module.css';
import { RecentOnCard } from '@/pages/card/RecentOnCard';
import { useMay } from '@/session/may';
import { OfCompany } from '@/source/desk';
import { useSource } from '@/source/source';
import { CopyText } from '@/ui/CopyText';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { CardStatus } from '@/ui/trade/CardStatus';
import { StaffBlockButton } from './StaffBlockButton';

const route = getRouteApi('/cabinet/staff/companies/$id/cards/$number');

/** A card of a company at the desk. */
export function CompanyCardPage() {
  const { id } = route.useParams();
  return (
    <OfCompany id={id}>
      <TheCard />
    </OfCompany>
  );
}

function TheCard() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { number } = route.useParams();
  const source = useSource();
  const { data, error, refetch } = useQuery(source.cards({ q: number, limit: 1 }));
  const card = data?.items[0];
  return (
    <>
      <PageHead
        title={card?.label || groupedNumber(number)}
        back={
          <Link {...source.reading.toCards()} className={back.back}>
            <IconArrowLeft size={16} aria-hidden /> {t('frame.cards')}
          </Link>
        }
        note={
          card && (
            <div className={back.facts}>
              <CardStatus status={card.status} />
              <span className={back.number}>
                {groupedNumber(card.number)}
                <CopyText value={card.number} label={t('cards.copyNumber')} />
              </span>
              {card.group && <span>{card.group}</span>}
              <span>{t('card.until', { date: format.date(card.valid_until) })}</span>
            </div>
          )
        }
        actions={card && may('provision') && <StaffBlockButton card={card} />}
      />
      {card ? (
        <RecentOnCard number={number} />
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('card.loading')} />}</Panel>
      )}
    </>
  );
}
