import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteV1StaffArticlesByIdMutation } from '@/api/@tanstack/react-query.gen';
import { patchV1StaffArticlesById, postV1StaffArticles } from '@/api/sdk.gen';
import type { StaffArticle } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ARTICLE_CATEGORIES, LANGUAGES } from '@/search';
import { useUnsaved } from '@/session/unsaved';
import { toastDone } from '@/ui/toast';
import { articleQuery } from './articleQuery';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { PieceForm } from './PieceForm';
import { slugOf } from './slugOf';
import { useEdited, type Kept } from './useEdited';

const AUDIENCES = ['clients', 'staff'] as const;

type Words = Pick<StaffArticle, 'title' | 'body' | 'category' | 'audience'>;

const NOTHING: Words = { title: '', body: '', category: 'how_to', audience: 'clients' };

const wordsOf = ({ title, body, category, audience }: Words): Words => ({ title, body, category, audience });

interface ArticleFormProps {
  /** The end of its address; of a new one it may be given by its other language. */
  slug?: string;
  language: (typeof LANGUAGES)[number];
  /** Absent for a new one. */
  first?: Kept<StaffArticle>;
}

/** Writes an article; it is read by nobody until it is published. */
export function ArticleForm({ slug: given, language: begun, first }: ArticleFormProps) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [words, setWords] = useState<Words>(first ? wordsOf(first.content) : NOTHING);
  const [language, setLanguage] = useState(begun);
  const [ownSlug, setOwnSlug] = useState(given);
  // The headline makes the address until one is typed.
  const slug = ownSlug ?? slugOf(words.title);
  const id = first?.content.id ?? `${slug}.${language}`;
  const edited = useEdited<StaffArticle, Words & { published: boolean }>({
    first,
    read: () => queryClient.fetchQuery({ ...articleQuery(id), staleTime: 0 }),
    write: async (ask, edition) => {
      const { data, response } = first
        ? await patchV1StaffArticlesById({ path: { id }, headers: { 'If-Match': edition ?? null }, body: ask, throwOnError: true })
        : await postV1StaffArticles({ body: { ...ask, slug, language }, throwOnError: true });
      return { content: data, edition: response.headers.get('ETag') ?? '' };
    },
    onSaved: (article) => {
      setWords(wordsOf(article));
      toastDone(t(article.published ? 'staffArticles.isOut' : 'staffArticles.kept'));
      if (!first) {
        const params = { language: article.language, slug: article.slug };
        void navigate({ to: '/staff/articles/$language/$slug', params, replace: true, ignoreBlocker: true });
      }
    },
  });
  const { saved, setSaved, save } = edited;
  const drop = useMutation({
    ...deleteV1StaffArticlesByIdMutation(),
    onSuccess: () => {
      setSaved({ ...(saved as StaffArticle), ...words });
      toastDone(t('staffArticles.dropped'));
      void navigate({ to: '/staff/articles', search: { language }, ignoreBlocker: true });
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const stands = saved ? wordsOf(saved) : NOTHING;
  useUnsaved(JSON.stringify(words) !== JSON.stringify(stands));

  const errors = fieldErrors(save.error);
  const change = (changed: Partial<Words>) => setWords((now) => ({ ...now, ...changed }));

  return (
    <PieceForm
      edited={edited}
      isOut={({ published }) => published}
      ready={words.title.trim() !== '' && words.body.trim() !== '' && slug !== ''}
      put={(published) => save.mutate({ ...words, title: words.title.trim(), published })}
      onTheirs={(theirs) => setWords(wordsOf(theirs))}
      withdraw={t('staffArticles.withdraw')}
      drop={first && { what: t('staffArticles.dropWhat'), act: drop, onSubmit: () => drop.mutate({ path: { id } }) }}
      read={
        <Link to="/articles/$slug" params={{ slug }} search={{ language }}>
          {t('staffArticles.read')}
        </Link>
      }
    >
      <TextInput
        label={t('content.headline')}
        value={words.title}
        error={errors.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <div className={classes.fields}>
        <NativeSelect
          label={t('staffArticles.category')}
          value={words.category}
          onChange={(event) => change({ category: ARTICLE_CATEGORIES.find((one) => one === event.currentTarget.value) ?? 'how_to' })}
          data={ARTICLE_CATEGORIES.map((value) => ({ value, label: t(`articleCategory.${value}`) }))}
        />
        <NativeSelect
          label={t('staffArticles.audience')}
          value={words.audience}
          onChange={(event) => change({ audience: AUDIENCES.find((one) => one === event.currentTarget.value) ?? 'clients' })}
          data={AUDIENCES.map((value) => ({ value, label: t(`articleAudience.${value}`) }))}
        />
        {!first && (
          <NativeSelect
            label={t('content.language')}
            value={language}
            onChange={(event) => setLanguage(LANGUAGES.find((one) => one === event.currentTarget.value) ?? 'ru')}
            data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          />
        )}
      </div>
      {!first && (
        <TextInput
          label={t('staffArticles.slug')}
          description={t('staffArticles.slugNote')}
          value={slug}
          error={errors.slug}
          onChange={(event) => setOwnSlug(event.currentTarget.value)}
        />
      )}
      <MarkdownField
        place="cabinet"
        label={t('content.body')}
        value={words.body}
        error={errors.body}
        onChange={(body) => change({ body })}
      />
    </PieceForm>
  );
}
