import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { getV1ArticlesBySlugOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import { Note } from '@/ui/Note';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Prose } from '@/ui/Prose';
import { Failed, Loading } from '@/ui/states';
import classes from './articles.module.css';
import { AskUs } from './AskUs';
import { Marked } from './Marked';

const route = getRouteApi('/cabinet/articles/$slug');

/** One article, with the words that led to it marked. */
export function ArticlePage() {
  const t = useT();
  const format = useFormat();
  const { locale } = useLocale();
  const { slug } = route.useParams();
  const search = route.useSearch();
  const { q } = search;
  const mark = useCallback((text: string) => <Marked text={text} query={q} />, [q]);
  const language = search.language ?? locale;
  const { data, error, refetch } = useQuery(getV1ArticlesBySlugOptions({ path: { slug }, query: { language } }));
  const toArticles = (
    <BackLink to="/articles" search={search}>{t('frame.articles')}</BackLink>
  );
  if (!data) {
    return (
      <>
        <PageHead title={t('frame.articles')} back={toArticles} />
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('articles.loadingOne')} lines={8} />}</Panel>
      </>
    );
  }
  return (
    <>
      <PageHead
        title={data.title}
        back={toArticles}
        note={
          <div className={page.facts}>
            <span>{t(`articleCategory.${data.category}`)}</span>
            <span>{t('articles.updated', { at: format.date(data.updated_at) })}</span>
          </div>
        }
      />
      {data.languages.length > 1 && (
        <ChoiceLinks
          label={t('articles.languages')}
          links={data.languages.map((one) => ({
            label: t(`language.${one}`),
            to: { to: '/articles/$slug', params: { slug }, search: { ...search, language: one } },
            current: data.language === one,
          }))}
        />
      )}
      <Panel>
        <div className={classes.article}>
          {data.language !== language && <Note>{t('articles.onlyOther')}</Note>}
          <article lang={data.language}>
            <Prose html={data.html} words={mark} />
          </article>
          <AskUs />
        </div>
      </Panel>
    </>
  );
}
