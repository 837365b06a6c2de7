import { Button, Stack } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { getV1StaffStationsByCodePageQueryKey, getV1StationsOptions } from '@/api/@tanstack/react-query.gen';
import { getV1StaffStationsByCodePage, patchV1StaffStationsByCodePage } from '@/api/sdk.gen';
import type { StationPageView } from '@/api/types.gen';
import { Refused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import back from '@/pages/card/CardPage.module.css';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import classes from './content.module.css';
import { MarkdownField } from './MarkdownField';
import { Meanwhile } from './Meanwhile';

type Words = StationPageView['description'];

/** The page's words with the edition that a change must name. */
const wordsQuery = (code: string) =>
  queryOptions({
    queryKey: [...getV1StaffStationsByCodePageQueryKey({ path: { code } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1StaffStationsByCodePage({ path: { code }, signal, throwOnError: true });
      return { words: data.description, edition: response.headers.get('ETag') ?? '' };
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
          <Link to="/staff/stations" className={back.back}>
            <IconArrowLeft size={16} aria-hidden /> {t('frame.stations')}
          </Link>
        }
      />
      <Panel>
        {data ? (
          <Form key={code} code={code} {...data} />
        ) : error ? (
          <Failed error={error} again={() => void refetch()} />
        ) : (
          <Loading words={t('stationText.loading')} />
        )}
      </Panel>
    </>
  );
}

function Form({ code, words, edition }: { code: string; words: Words; edition: string }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(words);
  // What is on the site and the edition it was read at: a later one is somebody else's.
  const [saved, setSaved] = useState(words);
  const [base, setBase] = useState(edition);
  const [theirs, setTheirs] = useState<Words | null>(null);
  const save = useMutation({
    mutationFn: async () => {
      const { data, response } = await patchV1StaffStationsByCodePage({
        path: { code },
        headers: { 'If-Match': base },
        body: { description: typed },
        throwOnError: true,
      });
      return { words: data.description, edition: response.headers.get('ETag') ?? '' };
    },
    onSuccess: (now) => {
      setTyped(now.words);
      setSaved(now.words);
      setBase(now.edition);
      setTheirs(null);
      toastDone(t('stationText.saved'));
    },
    // Somebody else was quicker: what they wrote is shown, and a second press saves over it knowingly.
    onError: async (error) => {
      if (!(error instanceof Refused && error.status === 412)) return;
      const now = await queryClient.fetchQuery(wordsQuery(code));
      setTheirs(now.words);
      setBase(now.edition);
    },
  });
  const dirty = typed.ru !== saved.ru || typed.en !== saved.en;
  useUnsaved(dirty);
  const errors = fieldErrors(save.error);
  const stale = save.error instanceof Refused && save.error.status === 412;

  return (
    <Stack>
      {theirs && (
        <Meanwhile
          theirs={[theirs.ru, theirs.en]}
          saving={save.isPending}
          onMine={() => save.mutate()}
          onTheirs={() => {
            setTyped(theirs);
            setSaved(theirs);
            setTheirs(null);
            save.reset();
          }}
        />
      )}
      {save.isError && !stale && Object.keys(errors).length === 0 && (
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
        <Button disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>
          {t('common.save')}
        </Button>
        <a href={`/stations/${code}`} target="_blank" rel="noreferrer">
          {t('news.onSite')}
        </a>
      </div>
    </Stack>
  );
}
