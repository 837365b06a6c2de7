import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteV1StaffNewsByIdMutation } from '@/api/@tanstack/react-query.gen';
import { patchV1StaffNewsById, postV1StaffNews } from '@/api/sdk.gen';
import type { NewsAsk, NewsDetails } from '@/api/types.gen';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { LANGUAGES } from '@/search';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { Meanwhile } from './Meanwhile';
import { newsQuery } from './newsQuery';
import { useEdited, type Kept } from './useEdited';

interface NewsFormProps {
  /** Absent for a new one. */
  first?: Kept<NewsDetails>;
}

/** Writes a piece; it is read by nobody until it is published. */
export function NewsForm({ first }: NewsFormProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const piece = first?.content;
  const [title, setTitle] = useState(piece?.title ?? '');
  const [body, setBody] = useState(piece?.body ?? '');
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(piece?.language ?? 'ru');
  const [dropping, setDropping] = useState(false);
  const { saved, setSaved, theirs, takeTheirs, save } = useEdited<NewsDetails, NewsAsk>({
    first,
    read: () => queryClient.fetchQuery({ ...newsQuery(piece?.id ?? ''), staleTime: 0 }),
    write: async (ask, edition) => {
      const { data, response } = piece
        ? await patchV1StaffNewsById({ path: { id: piece.id }, headers: { 'If-Match': edition ?? null }, body: ask, throwOnError: true })
        : await postV1StaffNews({ body: ask, throwOnError: true });
      return { content: data, edition: response.headers.get('ETag') ?? '' };
    },
    onSaved: ({ id, published_at: out }) => {
      toastDone(t(out === null ? 'news.kept' : 'news.isOut'));
      if (!piece) void navigate({ to: '/staff/news/$id', params: { id }, replace: true, ignoreBlocker: true });
    },
  });
  const drop = useMutation({
    ...deleteV1StaffNewsByIdMutation(),
    onSuccess: () => {
      setSaved({ ...(saved as NewsDetails), title, body, language });
      void navigate({ to: '/staff/news', ignoreBlocker: true });
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const dirty = title !== (saved?.title ?? '') || body !== (saved?.body ?? '');
  useUnsaved(dirty);

  const errors = fieldErrors(save.error);
  const put = (published: boolean) => save.mutate({ title: title.trim(), body, language, published });
  const out = Boolean(saved?.published_at);
  const ready = title.trim() !== '' && body.trim() !== '';

  return (
    <Panel>
      <Stack>
        {theirs && (
          <Meanwhile
            theirs={[theirs.title, theirs.body]}
            saving={save.isPending}
            onMine={() => put(save.variables?.published ?? theirs.published_at !== null)}
            onTheirs={() => {
              setTitle(theirs.title);
              setBody(theirs.body);
              setLanguage(theirs.language);
              takeTheirs();
            }}
          />
        )}
        {save.isError && !isStale(save.error) && Object.keys(errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(save.error)}
          </Note>
        )}
        <div className={classes.head}>
          <TextInput
            label={t('news.headline')}
            value={title}
            error={errors.title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('news.language')}
            value={language}
            onChange={(event) => setLanguage(LANGUAGES.find((one) => one === event.currentTarget.value) ?? 'ru')}
            data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          />
        </div>
        <MarkdownField label={t('news.body')} value={body} error={errors.body} onChange={setBody} />
        <div className={classes.acts}>
          <Button disabled={!ready} loading={save.isPending} onClick={() => put(true)}>
            {t(out ? 'common.save' : 'news.publish')}
          </Button>
          <Button variant="default" disabled={!ready} loading={save.isPending} onClick={() => put(false)}>
            {t(out ? 'news.withdraw' : 'news.keep')}
          </Button>
          {piece && (
            <Button variant="subtle" color="red" onClick={() => setDropping(true)}>
              {t('news.drop')}
            </Button>
          )}
          {saved && out && (
            <a href={`/news/${saved.slug}`} target="_blank" rel="noreferrer">
              {t('news.onSite')}
            </a>
          )}
        </div>
      </Stack>
      {piece && (
        <ActDialog
          opened={dropping}
          onClose={() => setDropping(false)}
          title={t('news.drop')}
          submit={t('news.drop')}
          onSubmit={() => drop.mutate({ path: { id: piece.id } })}
          act={drop}
          destructive
        >
          <p>{t('news.dropWhat')}</p>
        </ActDialog>
      )}
    </Panel>
  );
}
