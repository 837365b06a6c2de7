import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { getV1StaffArticlesOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import { LANGUAGES } from '@/search';
import { BackLink } from '@/ui/BackLink';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { ArticleForm } from './ArticleForm';
import { articleQuery } from './articleQuery';
import classes from './content.module.css';
import { Versions } from './Versions';

type Language = (typeof LANGUAGES)[number];

const newRoute = getRouteApi('/cabinet/staff/articles/new');
const route = getRouteApi('/cabinet/staff/articles/$language/$slug');

function ToArticles({ language }: { language: Language }) {
  const t = useT();
  return (
    <BackLink to="/staff/articles" search={{ language }}>{t('frame.articles')}</BackLink>
  );
}

/** An article that is not there yet. */
export function NewArticlePage() {
  const t = useT();
  const { slug, language = 'ru' } = newRoute.useSearch();
  return (
    <>
      <PageHead title={t('staffArticles.new')} back={<ToArticles language={language} />} />
      <ArticleForm key={`${language} ${slug}`} slug={slug} language={language} />
    </>
  );
}

/** An article, draft or published, with what it was before. */
export function ArticleEditPage() {
  const t = useT();
  const queryClient = useQueryClient();
  const params = route.useParams();
  const language = params.language === 'en' ? 'en' : 'ru';
  const { slug } = params;
  const id = `${slug}.${language}`;
  // A version that was brought back is another beginning of the form.
  const [restored, setRestored] = useState(0);
  const { data, error, refetch } = useQuery(articleQuery(id));
  return (
    <>
      <PageHead
        title={data?.content.title ?? t('frame.articles')}
        back={<ToArticles language={language} />}
        note={data && <OtherLanguage slug={slug} language={language} />}
      />
      {data ? (
        <div className={classes.pieces}>
          <ArticleForm key={`${id} ${restored}`} slug={slug} language={language} first={data} />
          <Versions
            id={id}
            current={data.content.version}
            onRestored={async () => {
              await queryClient.fetchQuery({ ...articleQuery(id), staleTime: 0 });
              setRestored((times) => times + 1);
            }}
          />
        </div>
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('articles.loadingOne')} />}</Panel>
      )}
    </>
  );
}

/** The same article in the other language, there or still to be written. */
function OtherLanguage({ slug, language }: { slug: string; language: Language }) {
  const t = useT();
  const other = language === 'ru' ? 'en' : 'ru';
  const { data } = useQuery(getV1StaffArticlesOptions({ query: { language: other } }));
  if (!data) return null;
  return data.items.some((article) => article.slug === slug) ? (
    <Link to="/staff/articles/$language/$slug" params={{ language: other, slug }}>
      {t(`staffArticles.other.${other}`)}
    </Link>
  ) : (
    <Link to="/staff/articles/new" search={{ language: other, slug }}>
      {t(`staffArticles.write.${other}`)}
    </Link>
  );
}
