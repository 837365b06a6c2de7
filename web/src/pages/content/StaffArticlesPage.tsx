import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconBook2, IconEye, IconPencil, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffArticlesOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { LANGUAGES } from '@/search';
import { Badge } from '@/ui/Badge';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import filters from '@/ui/filters.module.css';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';

const route = getRouteApi('/cabinet/staff/articles');

/** Every article of a language, drafts too, for those who write them. */
export function StaffArticlesPage() {
  const t = useT();
  const format = useFormat();
  const { q, language = 'ru' } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery({ ...getV1StaffArticlesOptions({ query: { q, language } }), placeholderData: keepPreviousData });
  const articles = list.data?.items;
  return (
    <>
      <PageHead
        title={t('frame.articles')}
        note={t('staffArticles.note')}
        actions={
          <LinkButton to="/staff/articles/new" search={{ language }} leftSection={<IconPlus size={18} aria-hidden />}>
            {t('staffArticles.new')}
          </LinkButton>
        }
      />
      <div className={filters.bar} role="search">
        <SearchField
          className={filters.search}
          label={t('articles.search')}
          value={q}
          onChange={(typed) => void navigate({ search: (old) => ({ ...old, q: typed }), replace: true })}
        />
      </div>
      <ChoiceLinks
        label={t('articles.languages')}
        links={LANGUAGES.map((one) => ({
          label: t(`language.${one}`),
          to: { to: '/staff/articles', search: { q, language: one } },
          current: language === one,
        }))}
      />
      <Panel flush>
        {articles && articles.length > 0 && (
          <Table
            label={t('frame.articles')}
            head={
              <>
                <th scope="col">{t('content.headline')}</th>
                <th scope="col">{t('cards.status')}</th>
                <th scope="col">{t('staffArticles.category')}</th>
                <th scope="col">{t('staffArticles.audience')}</th>
              </>
            }
          >
            {articles.map((article) => (
              <tr key={article.id}>
                <td className={table.wide}>
                  <Link
                    data-row
                    to="/staff/articles/$language/$slug"
                    params={{ language: article.language, slug: article.slug }}
                    className={table.main}
                  >
                    {article.title}
                  </Link>
                  <div className={table.under}>{t('staffArticles.changed', { at: format.dateTime(article.updated_at) })}</div>
                </td>
                <td>
                  {article.published ? (
                    <Badge tone="good" icon={<IconEye aria-hidden />}>
                      {t('staffArticles.published')}
                    </Badge>
                  ) : (
                    <Badge tone="quiet" icon={<IconPencil aria-hidden />}>
                      {t('content.draft')}
                    </Badge>
                  )}
                </td>
                <td>{t(`articleCategory.${article.category}`)}</td>
                <td data-name={t('staffArticles.audience')}>{t(`articleAudience.${article.audience}`)}</td>
              </tr>
            ))}
          </Table>
        )}
        {articles?.length === 0 && (
          <Empty icon={q ? <IconSearchOff /> : <IconBook2 />} title={t(q ? 'articles.noneFound' : 'staffArticles.none')}>
            {!q && t('staffArticles.noneNote')}
          </Empty>
        )}
        {!articles && (
          <div className={inset.inset}>
            {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('articles.loading')} />}
          </div>
        )}
      </Panel>
    </>
  );
}
