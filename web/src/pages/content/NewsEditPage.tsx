import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { NewsForm } from './NewsForm';
import { newsQuery } from './newsQuery';

const toNews = (words: string) => (
  <BackLink to="/staff/news">{words}</BackLink>
);

/** A piece that is not there yet. */
export function NewNewsPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t('news.new')} back={toNews(t('news.title'))} />
      <NewsForm />
    </>
  );
}

/** A piece, draft or published. */
export function NewsEditPage() {
  const t = useT();
  const { id } = useParams({ from: '/cabinet/staff/news/$id' });
  const { data, error, refetch } = useQuery(newsQuery(id));
  return (
    <>
      <PageHead title={data?.content.title ?? t('news.title')} back={toNews(t('news.title'))} />
      {data ? (
        <NewsForm key={id} first={data} />
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('news.loading')} />}</Panel>
      )}
    </>
  );
}
