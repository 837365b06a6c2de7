import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconBook2, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1ArticlesOptions } from '@/api/@tanstack/react-query.gen';
import type { ArticleItem } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { ARTICLE_CATEGORIES, LANGUAGES, type ArticleSearch } from '@/search';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import filters from '@/ui/filters.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Failed, Loading } from '@/ui/states';
import classes from './articles.module.css';
import { AskUs } from './AskUs';
import { Marked } from './Marked';

const route = getRouteApi('/cabinet/articles');

/** The information base: by category, or what a search finds, in the language one reads. */
export function ArticlesPage() {
  const t = useT();
  const { locale } = useLocale();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, category } = search;
  const language = search.language ?? locale;
  const list = useQuery({ ...getV1ArticlesOptions({ query: { q, category, language } }), placeholderData: keepPreviousData });
  const articles = list.data?.items;
  const to = (changed: ArticleSearch) => ({ to: '/articles' as const, search: { ...search, ...changed } });
  return (
    <>
      <PageHead title={t('frame.articles')} note={t('articles.note')} />
      <div className={filters.bar} role="search">
        <SearchField
          className={filters.search}
          label={t('articles.search')}
          value={q}
          onChange={(typed) => void navigate({ search: (old) => ({ ...old, q: typed }), replace: true })}
        />
      </div>
      <div className={classes.choices}>
        <ChoiceLinks
          label={t('articles.categories')}
          links={[
            { label: t('articles.every'), to: to({ category: undefined }), current: !category },
            ...ARTICLE_CATEGORIES.map((one) => ({
              label: t(`articleCategory.${one}`),
              to: to({ category: one }),
              current: category === one,
            })),
          ]}
        />
        <ChoiceLinks
          label={t('articles.languages')}
          links={LANGUAGES.map((one) => ({ label: t(`language.${one}`), to: to({ language: one }), current: language === one }))}
        />
      </div>
      <p role="status" className={classes.found}>
        {q && articles && articles.length > 0 && t('articles.found', { count: articles.length })}
      </p>
      {articles && articles.length > 0 && <Articles articles={articles} search={search} grouped={!q && !category} />}
      {articles?.length === 0 && (
        <Panel>
          <Empty
            icon={q ? <IconSearchOff /> : <IconBook2 />}
            title={t(q ? 'articles.noneFound' : 'articles.none')}
            action={<AskUs bare />}
          >
            {t(q ? 'articles.noneFoundNote' : 'articles.noneNote')}
          </Empty>
        </Panel>
      )}
      {!articles && (
        <Panel>
          {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('articles.loading')} lines={8} />}
        </Panel>
      )}
    </>
  );
}

/** Of a search the best first; else each category under its name. */
function Articles({ articles, search, grouped }: { articles: ArticleItem[]; search: ArticleSearch; grouped: boolean }) {
  const t = useT();
  if (!grouped) {
    return (
      <Panel flush>
        <ArticleList articles={articles} search={search} />
      </Panel>
    );
  }
  return (
    <div className={classes.groups}>
      {ARTICLE_CATEGORIES.map((category) => {
        const of = articles.filter((article) => article.category === category);
        return (
          of.length > 0 && (
            <Panel key={category} flush title={t(`articleCategory.${category}`)}>
              <ArticleList articles={of} search={search} />
            </Panel>
          )
        );
      })}
    </div>
  );
}

function ArticleList({ articles, search: { q, language } }: { articles: ArticleItem[]; search: ArticleSearch }) {
  const t = useT();
  const format = useFormat();
  return (
    <ul className={classes.list}>
      {articles.map(({ slug, title, summary, updated_at: at, language: its }) => (
        <li key={slug} className={classes.item} lang={its}>
          <Link to="/articles/$slug" params={{ slug }} search={{ q, language }} className={classes.title}>
            <Marked text={title} query={q} />
          </Link>
          <p className={classes.summary}>
            <Marked text={summary} query={q} />
          </p>
          <p className={classes.when} lang={format.locale}>
            {t('articles.updated', { at: format.date(at) })}
          </p>
        </li>
      ))}
    </ul>
  );
}
