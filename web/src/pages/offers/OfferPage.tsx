import { useQuery } from '@tanstack/react-query';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { getV1PromotionsByIdOptions } from '@/api/@tanstack/react-query.gen';
import type { PromotionView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Prose } from '@/ui/Prose';
import { Empty, Failed, Loading } from '@/ui/states';
import classes from './offers.module.css';
import { OfferState } from './OfferState';
import { Participation } from './Participation';
import { useTermsWords } from './useTermsWords';

/** One promotion: its terms, its words, and a company's part in it. */
export function OfferPage() {
  const t = useT();
  const { id } = useParams({ from: '/cabinet/client/offers/$id' });
  const { locale: language } = useLocale();
  const { data, error, refetch } = useQuery(getV1PromotionsByIdOptions({ path: { id }, query: { language } }));
  return (
    <>
      <PageHead
        title={data?.title ?? t('frame.offers')}
        back={
          <BackLink to="/offers">{t('frame.offers')}</BackLink>
        }
        actions={data && <Participation promotion={data} />}
      />
      {data ? (
        <Offer promotion={data} />
      ) : (
        <Panel>
          {isRefused(error, 'not_found') ? (
            <Empty icon={<IconSpeakerphone />} title={t('offers.missing')}>
              {t('offers.missingNote')}
            </Empty>
          ) : error ? (
            <Failed error={error} again={() => void refetch()} />
          ) : (
            <Loading words={t('offers.loading')} lines={6} />
          )}
        </Panel>
      )}
    </>
  );
}

function Offer({ promotion }: { promotion: PromotionView }) {
  const t = useT();
  const format = useFormat();
  const words = useTermsWords();
  const { state, joined, joined_at: joinedAt, left_at: leftAt, saved } = promotion;
  return (
    <div className={classes.page}>
      <Panel>
        <p className={classes.terms}>{words(promotion)}</p>
        <p className={classes.state}>
          <OfferState state={state} joined={joined} />
          {joined && joinedAt && <span className="muted">{t('offers.joinedAt', { at: format.dateTime(joinedAt) })}</span>}
          {!joined && leftAt && <span className="muted">{t('offers.leftAt', { at: format.dateTime(leftAt) })}</span>}
        </p>
        {joinedAt && <p className={classes.saved}>{t('offers.savedBy', { amount: format.roubles(saved) })}</p>}
      </Panel>
      <Panel>
        <div lang={promotion.language}>
          <Prose html={promotion.html} />
        </div>
      </Panel>
    </div>
  );
}
