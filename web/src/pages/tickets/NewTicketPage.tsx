import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconSend, IconX } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { postV1Tickets } from '@/api/sdk.gen';
import { DutyPhone } from '@/frame/contacts';
import { useOnce } from '@/http/useOnce';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Entry } from '@/model';
import { useDraft } from '@/session/drafts';
import { useSource } from '@/source/source';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { CardPicker } from '@/ui/trade/CardPicker';
import { useEntryWords } from './Facts';
import classes from './tickets.module.css';

const route = getRouteApi('/cabinet/client/tickets/new');

/** A new ticket; the address may say what it is about. */
export function NewTicketPage() {
  const t = useT();
  const { card, entry } = route.useSearch();
  const source = useSource();
  const asked = useQuery({ ...source.entry(entry), retry: false });
  return (
    <>
      <PageHead
        title={t('tickets.new')}
        note={t('tickets.newNote')}
        back={
          <BackLink to="/tickets">{t('frame.tickets')}</BackLink>
        }
      />
      <Panel>
        {entry && asked.isPending ? (
          <Loading words={t('entry.loading')} />
        ) : (
          <NewTicket
            key={`${card} ${entry}`}
            about={entry ?? card ?? ''}
            card={card ?? asked.data?.card_number ?? null}
            entry={asked.data}
            gone={entry !== undefined && isRefused(asked.error)}
          />
        )}
      </Panel>
    </>
  );
}

interface NewTicketProps {
  /** Tells one draft from another. */
  about: string;
  card: string | null;
  entry?: Pick<Entry, 'id' | 'type' | 'at'>;
  /** The line of history that was asked about is not there. */
  gone: boolean;
}

function NewTicket({ about, card: askedCard, entry, gone }: NewTicketProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const words = useEntryWords();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const once = useOnce();
  const [subject, setSubject] = useDraft(`new ticket's subject ${about}`);
  const [body, setBody] = useDraft(`new ticket ${about}`);
  // What the operation is called stands in for a subject until one is typed.
  const [untouched, setUntouched] = useState(subject === '');
  const [card, setCard] = useState(askedCard);
  const [withEntry, setWithEntry] = useState(true);
  const [tried, setTried] = useState(false);
  const named = untouched && entry ? words(entry) : subject;
  const create = useMutation({
    mutationFn: async () => {
      const ask = {
        subject: named.trim(),
        body: body.trim(),
        ...(card && { card }),
        ...(entry && withEntry && { entry_id: entry.id }),
      };
      const headers = { 'Idempotency-Key': once.keyOf(JSON.stringify(ask)) };
      return (await postV1Tickets({ headers, body: ask, throwOnError: true })).data;
    },
    onSuccess: ({ id, number }) => {
      once.through();
      setSubject('');
      setBody('');
      toastDone(t('tickets.sent', { number }));
      void queryClient.invalidateQueries();
      void navigate({ to: '/tickets/$id', params: { id }, replace: true });
    },
  });
  const empty = { subject: named.trim() === '', body: body.trim() === '' };
  const errors = fieldErrors(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!empty.subject && !empty.body) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Stack>
        {gone && <Note tone="attention">{t('tickets.entryGone')}</Note>}
        {entry && withEntry && (
          <div className={classes.about}>
            <span>
              {t('tickets.aboutEntry')}: <strong>{words(entry)}</strong>
            </span>
            <Button variant="subtle" size="compact-sm" leftSection={<IconX size={15} aria-hidden />} onClick={() => setWithEntry(false)}>
              {t('tickets.withoutEntry')}
            </Button>
          </div>
        )}
        <TextInput
          label={t('tickets.subjectField')}
          value={named}
          error={tried && empty.subject ? t('field.required') : errors.subject}
          onChange={(event) => {
            setUntouched(false);
            setSubject(event.currentTarget.value);
          }}
        />
        <Textarea
          label={t('tickets.bodyField')}
          description={t('tickets.draftKept')}
          rows={7}
          value={body}
          error={tried && empty.body ? t('field.required') : errors.body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <CardPicker label={t('tickets.cardField')} value={card} onChange={setCard} error={errors.card} />
        {create.isError && Object.keys(errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(create.error)}
          </Note>
        )}
        <div className={classes.acts}>
          <Button type="submit" leftSection={<IconSend size={18} aria-hidden />} loading={create.isPending}>
            {t('tickets.send')}
          </Button>
          <DutyPhone />
        </div>
      </Stack>
    </form>
  );
}
