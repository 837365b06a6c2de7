import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { PromotionForm } from './PromotionForm';
import { promotionQuery } from './promotionQuery';

const toPromotions = (words: string) => (
  <BackLink to="/staff/promotions">{words}</BackLink>
);

/** A promotion that is not there yet. */
export function NewPromotionPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t('promotions.new')} back={toPromotions(t('promotions.title'))} />
      <PromotionForm />
    </>
  );
}

/** A promotion, draft or published. */
export function PromotionEditPage() {
  const t = useT();
  const { id } = useParams({ from: '/cabinet/staff/promotions/$id' });
  const { data, error, refetch } = useQuery(promotionQuery(id));
  return (
    <>
      <PageHead title={data?.content.title ?? t('promotions.title')} back={toPromotions(t('promotions.title'))} />
      {data ? (
        <PromotionForm key={id} first={data} />
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('offers.loading')} />}</Panel>
      )}
    </>
  );
}
