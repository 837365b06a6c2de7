import { Button, Stack } from '@mantine/core';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { getV1StaffStationsByCodePageQueryKey, getV1StationsOptions } from '@/api/@tanstack/react-query.gen';
import { getV1StaffStationsByCodePage, patchV1StaffStationsByCodePage } from '@/api/sdk.gen';
import type { StationPageView } from '@/api/types.gen';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { Meanwhile } from './Meanwhile';
import { useEdited, type Kept } from './useEdited';

type Words = StationPageView['description'];

/** The page's words with the edition that a change must name. */
const wordsQuery = (code: string) =>
  queryOptions({
    queryKey: [...getV1StaffStationsByCodePageQueryKey({ path: { code } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1StaffStationsByCodePage({ path: { code }, signal, throwOnError: true });
      return { content: data.description, edition: response.headers.get('ETag') ?? '' };
    },
    staleTime: 0,
  });

/** What the site says of a station besides its prices and hours, in both languages. */
export function StationTextPage() {
  const t = useT();
  const { code } = useParams({ from: '/cabinet/staff/stations/$code' });
  const { data, error, refetch } = useQuery({ ...wordsQuery(code), refetchOnWindowFocus: false });
  const stations = useQuery(getV1StationsOptions());
  const station = stations.data?.items.find((one) => one.code === code);
  return (
    <>
      <PageHead
        title={t('stationText.title', { name: station?.name ?? code })}
        note={station?.address}
        back={
          <BackLink to="/staff/stations">{t('frame.stations')}</BackLink>
        }
      />
      <Panel>
        {data ? (
          <Form key={code} code={code} first={data} />
        ) : error ? (
          <Failed error={error} again={() => void refetch()} />
        ) : (
          <Loading words={t('stationText.loading')} />
        )}
      </Panel>
    </>
  );
}

function Form({ code, first }: { code: string; first: Kept<Words> }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(first.content);
  const { saved, theirs, takeTheirs, save } = useEdited<Words, Words>({
    first,
    read: () => queryClient.fetchQuery(wordsQuery(code)),
    write: async (description, edition) => {
      const { data, response } = await patchV1StaffStationsByCodePage({
        path: { code },
        headers: { 'If-Match': edition ?? null },
        body: { description },
        throwOnError: true,
      });
      return { content: data.description, edition: response.headers.get('ETag') ?? '' };
    },
    onSaved: (words) => {
      setTyped(words);
      toastDone(t('stationText.saved'));
    },
  });
  const dirty = typed.ru !== saved?.ru || typed.en !== saved.en;
  useUnsaved(dirty);
  const errors = fieldErrors(save.error);

  return (
    <Stack>
      {theirs && (
        <Meanwhile
          theirs={[theirs.ru, theirs.en]}
          saving={save.isPending}
          onMine={() => save.mutate(typed)}
          onTheirs={() => {
            setTyped(theirs);
            takeTheirs();
          }}
        />
      )}
      {save.isError && !isStale(save.error) && Object.keys(errors).length === 0 && (
        <Note tone="refused" urgent>
          {say(save.error)}
        </Note>
      )}
      <MarkdownField
        label={t('stationText.ru')}
        rows={10}
        value={typed.ru}
        error={errors['description.ru']}
        onChange={(ru) => setTyped({ ...typed, ru })}
      />
      <MarkdownField
        label={t('stationText.en')}
        rows={10}
        value={typed.en}
        error={errors['description.en']}
        onChange={(en) => setTyped({ ...typed, en })}
      />
      <div className={classes.acts}>
        <Button disabled={!dirty} loading={save.isPending} onClick={() => save.mutate(typed)}>
          {t('common.save')}
        </Button>
        <a href={`/stations/${code}`} target="_blank" rel="noreferrer">
          {t('news.onSite')}
        </a>
      </div>
    </Stack>
  );
}
