import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteV1StaffNewsByIdMutation } from '@/api/@tanstack/react-query.gen';
import { patchV1StaffNewsById, postV1StaffNews } from '@/api/sdk.gen';
import type { NewsAsk, NewsDetails } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { LANGUAGES } from '@/search';
import { useUnsaved } from '@/session/unsaved';
import { toastDone } from '@/ui/toast';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { newsQuery } from './newsQuery';
import { PieceForm } from './PieceForm';
import { useEdited, type Kept } from './useEdited';

interface NewsFormProps {
  /** Absent for a new one. */
  first?: Kept<NewsDetails>;
}

/** Writes a piece; it is read by nobody until it is published. */
export function NewsForm({ first }: NewsFormProps) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const piece = first?.content;
  const [title, setTitle] = useState(piece?.title ?? '');
  const [body, setBody] = useState(piece?.body ?? '');
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>(piece?.language ?? 'ru');
  const edited = useEdited<NewsDetails, NewsAsk>({
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
  const { saved, setSaved, save } = edited;
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

  return (
    <PieceForm
      edited={edited}
      isOut={({ published_at: out }) => Boolean(out)}
      ready={title.trim() !== '' && body.trim() !== ''}
      put={(published) => save.mutate({ title: title.trim(), body, language, published })}
      onTheirs={(theirs) => {
        setTitle(theirs.title);
        setBody(theirs.body);
        setLanguage(theirs.language);
      }}
      withdraw={t('news.withdraw')}
      drop={piece && { what: t('news.dropWhat'), act: drop, onSubmit: () => drop.mutate({ path: { id: piece.id } }) }}
      read={
        <a href={`/news/${saved?.slug}`} target="_blank" rel="noreferrer">
          {t('news.onSite')}
        </a>
      }
    >
      <div className={classes.head}>
        <TextInput
          label={t('content.headline')}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('content.language')}
          value={language}
          onChange={(event) => setLanguage(LANGUAGES.find((one) => one === event.currentTarget.value) ?? 'ru')}
          data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </div>
      <MarkdownField label={t('content.body')} value={body} error={errors.body} onChange={setBody} />
    </PieceForm>
  );
}
