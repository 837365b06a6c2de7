import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteV1StaffArticlesByIdMutation } from '@/api/@tanstack/react-query.gen';
import { patchV1StaffArticlesById, postV1StaffArticles } from '@/api/sdk.gen';
import type { StaffArticle } from '@/api/types.gen';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ARTICLE_CATEGORIES, LANGUAGES } from '@/search';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import { articleQuery } from './articleQuery';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { Meanwhile } from './Meanwhile';
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
  const { say, fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [words, setWords] = useState<Words>(first ? wordsOf(first.content) : NOTHING);
  const [language, setLanguage] = useState(begun);
  const [ownSlug, setOwnSlug] = useState(given);
  const [dropping, setDropping] = useState(false);
  // The headline makes the address until one is typed.
  const slug = ownSlug ?? slugOf(words.title);
  const id = first?.content.id ?? `${slug}.${language}`;
  const { saved, setSaved, theirs, takeTheirs, save } = useEdited<StaffArticle, Words & { published: boolean }>({
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
  const put = (published: boolean) => save.mutate({ ...words, title: words.title.trim(), published });
  const out = saved?.published ?? false;
  const ready = words.title.trim() !== '' && words.body.trim() !== '' && slug !== '';

  return (
    <Panel>
      <Stack>
        {theirs && (
          <Meanwhile
            theirs={[theirs.title, theirs.body]}
            saving={save.isPending}
            onMine={() => put(save.variables?.published ?? theirs.published)}
            onTheirs={() => {
              setWords(wordsOf(theirs));
              takeTheirs();
            }}
          />
        )}
        {save.isError && !isStale(save.error) && Object.keys(errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(save.error)}
          </Note>
        )}
        <TextInput
          label={t('staffArticles.headline')}
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
              label={t('staffArticles.language')}
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
          label={t('staffArticles.body')}
          value={words.body}
          error={errors.body}
          onChange={(body) => change({ body })}
        />
        <div className={classes.acts}>
          <Button disabled={!ready} loading={save.isPending} onClick={() => put(true)}>
            {t(out ? 'common.save' : 'staffArticles.publish')}
          </Button>
          <Button variant="default" disabled={!ready} loading={save.isPending} onClick={() => put(false)}>
            {t(out ? 'staffArticles.withdraw' : 'staffArticles.keep')}
          </Button>
          {first && (
            <Button variant="subtle" color="red" onClick={() => setDropping(true)}>
              {t('staffArticles.drop')}
            </Button>
          )}
          {out && (
            <Link to="/articles/$slug" params={{ slug }} search={{ language }}>
              {t('staffArticles.read')}
            </Link>
          )}
        </div>
      </Stack>
      {first && (
        <ActDialog
          opened={dropping}
          onClose={() => setDropping(false)}
          title={t('staffArticles.drop')}
          submit={t('staffArticles.drop')}
          onSubmit={() => drop.mutate({ path: { id } })}
          act={drop}
          destructive
        >
          <p>{t('staffArticles.dropWhat')}</p>
        </ActDialog>
      )}
    </Panel>
  );
}
