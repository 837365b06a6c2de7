import { useQuery } from '@tanstack/react-query';
import { IconSpeakerphone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { getV1PromotionsOptions } from '@/api/@tanstack/react-query.gen';
import type { PromotionView } from '@/api/types.gen';
import { isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { Figure } from '@/ui/Figure';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { sorted } from './offers';
import classes from './offers.module.css';
import { OfferState } from './OfferState';
import { Participation } from './Participation';
import { useTermsWords } from './useTermsWords';

const PARTS = ['joined', 'open', 'past'] as const;

/** Promotions a company takes part in, may join, took part in; and what they saved it. */
export function OffersPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { locale: language } = useLocale();
  const { data, error, refetch } = useQuery(getV1PromotionsOptions({ query: { language } }));
  const parts = data && sorted(data.items);
  return (
    <>
      <PageHead title={t('frame.offers')} note={t(may('promotions') ? 'offers.note' : 'offers.noteOthers')} />
      {data && parts ? (
        <div className={classes.page}>
          {(!isZero(data.saved) || parts.joined.length > 0) && (
            <Panel>
              <Figure
                size="large"
                label={t('offers.saved')}
                value={format.roubles(data.saved)}
                note={t('offers.savedMonth', { amount: format.roubles(data.saved_this_month) })}
              />
            </Panel>
          )}
          {data.items.length === 0 && (
            <Panel>
              <Empty icon={<IconSpeakerphone />} title={t('offers.none')}>
                {t('offers.noneNote')}
              </Empty>
            </Panel>
          )}
          {PARTS.filter((part) => parts[part].length > 0).map((part) => (
            <Panel key={part} title={t(`offers.part.${part}`)}>
              <ul className={classes.list}>
                {parts[part].map((promotion) => (
                  <li key={promotion.id}>
                    <Offer promotion={promotion} />
                  </li>
                ))}
              </ul>
            </Panel>
          ))}
        </div>
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('offers.loading')} lines={6} />}</Panel>
      )}
    </>
  );
}

function Offer({ promotion }: { promotion: PromotionView }) {
  const t = useT();
  const format = useFormat();
  const words = useTermsWords();
  return (
    <>
      <div className={classes.words}>
        <h3 className={classes.title}>
          <Link to="/offers/$id" params={{ id: promotion.id }} lang={promotion.language}>
            {promotion.title}
          </Link>
        </h3>
        <p>{words(promotion)}</p>
        <p className={classes.state}>
          <OfferState state={promotion.state} joined={promotion.joined} />
          {!isZero(promotion.saved) && <span className="muted">{t('offers.savedBy', { amount: format.roubles(promotion.saved) })}</span>}
        </p>
      </div>
      <Participation promotion={promotion} />
    </>
  );
}
