import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteV1StaffNewsByIdMutation, postV1StaffNewsMutation } from '@/api/@tanstack/react-query.gen';
import { patchV1StaffNewsById } from '@/api/sdk.gen';
import type { NewsDetails, PatchV1StaffNewsByIdData } from '@/api/types.gen';
import { Refused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { Meanwhile } from './Meanwhile';
import { newsQuery } from './newsQuery';

const LANGUAGES = ['ru', 'en'] as const;

interface NewsFormProps {
  /** Absent for a new one. */
  piece?: NewsDetails;
  edition?: string;
}

/** Writes a piece; it is read by nobody until it is published. */
export function NewsForm({ piece, edition }: NewsFormProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(piece?.title ?? '');
  const [body, setBody] = useState(piece?.body ?? '');
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(piece?.language ?? 'ru');
  const [saved, setSaved] = useState(piece);
  // The edition the form was opened with: a later one is somebody else's.
  const [base, setBase] = useState(edition);
  const [theirs, setTheirs] = useState<NewsDetails | null>(null);
  const [dropping, setDropping] = useState(false);
  const onSettled = () => queryClient.invalidateQueries();
  const create = useMutation({
    ...postV1StaffNewsMutation(),
    onSuccess: (made) => {
      setSaved(made);
      toastDone(t(made.published_at === null ? 'news.kept' : 'news.isOut'));
    },
    onSettled,
  });
  const edit = useMutation({
    mutationFn: async (ask: PatchV1StaffNewsByIdData) => {
      const { data, response } = await patchV1StaffNewsById({ ...ask, throwOnError: true });
      return { now: data, next: response.headers.get('ETag') ?? undefined };
    },
    onSuccess: ({ now, next }) => {
      setSaved(now);
      setBase(next);
      setTheirs(null);
      toastDone(t(now.published_at === null ? 'news.kept' : 'news.isOut'));
    },
    // Somebody else was quicker: what they wrote is shown, and a second press saves over it knowingly.
    onError: async (error, { path }) => {
      if (!(error instanceof Refused && error.status === 412)) return;
      const now = await queryClient.fetchQuery({ ...newsQuery(path.id), staleTime: 0 });
      setTheirs(now.piece);
      setBase(now.edition);
    },
    onSettled,
  });
  const drop = useMutation({
    ...deleteV1StaffNewsByIdMutation(),
    onSuccess: () => {
      setSaved({ ...(saved as NewsDetails), title, body, language });
      void navigate({ to: '/staff/news', ignoreBlocker: true });
    },
    onSettled,
  });
  const dirty = title !== (saved?.title ?? '') || body !== (saved?.body ?? '');
  useUnsaved(dirty);

  const act = piece ? edit : create;
  const errors = fieldErrors(act.error);
  const stale = act.error instanceof Refused && act.error.status === 412;
  const put = (published: boolean) => {
    const words = { title: title.trim(), body, language };
    if (piece) {
      edit.mutate({
        url: '/v1/staff/news/{id}',
        path: { id: piece.id },
        headers: { 'If-Match': base ?? null },
        body: { ...words, published },
      });
    } else {
      create.mutate(
        { body: { ...words, published } },
        { onSuccess: ({ id }) => void navigate({ to: '/staff/news/$id', params: { id }, replace: true, ignoreBlocker: true }) },
      );
    }
  };
  const out = Boolean(saved?.published_at);
  const ready = title.trim() !== '' && body.trim() !== '';

  return (
    <Panel>
      <Stack>
        {theirs && (
          <Meanwhile
            theirs={[theirs.title, theirs.body]}
            saving={edit.isPending}
            onMine={() => put(edit.variables?.body.published ?? theirs.published_at !== null)}
            onTheirs={() => {
              setTitle(theirs.title);
              setBody(theirs.body);
              setLanguage(theirs.language);
              setSaved(theirs);
              setTheirs(null);
              edit.reset();
            }}
          />
        )}
        {act.isError && !stale && Object.keys(errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(act.error)}
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
          <Button disabled={!ready} loading={act.isPending} onClick={() => put(true)}>
            {t(out ? 'common.save' : 'news.publish')}
          </Button>
          <Button variant="default" disabled={!ready} loading={act.isPending} onClick={() => put(false)}>
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
