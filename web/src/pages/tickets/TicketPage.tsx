import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1TicketsByIdOptions, postV1TicketsByIdCloseMutation } from '@/api/@tanstack/react-query.gen';
import { postV1TicketsByIdMessages, postV1TicketsByIdSeen } from '@/api/sdk.gen';
import { LIVE_MS } from '@/http/setup';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { LinkButton } from '@/ui/LinkButton';
import { Note } from '@/ui/Note';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import { AnswerBox } from './AnswerBox';
import { Conversation } from './Conversation';
import { Facts } from './Facts';
import classes from './tickets.module.css';
import { TicketState } from './TicketState';
import { useSeen } from './useSeen';

const route = getRouteApi('/cabinet/client/tickets/$id');

const seen = (id: string, messages: number) => postV1TicketsByIdSeen({ path: { id }, body: { messages }, throwOnError: true });

/** A conversation with OKTAN. */
export function TicketPage() {
  const t = useT();
  const { id } = route.useParams();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const { data: ticket, error, refetch } = useQuery({ ...getV1TicketsByIdOptions({ path: { id } }), refetchInterval: LIVE_MS });
  useSeen(ticket, seen);
  const close = useMutation({
    ...postV1TicketsByIdCloseMutation(),
    onSuccess: () => toastDone(t('tickets.closeDone')),
    onError: (refused) => toastFailed(say(refused)),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const toTickets = (
    <BackLink to="/tickets">{t('frame.tickets')}</BackLink>
  );
  if (!ticket) {
    return (
      <>
        <PageHead title={t('frame.tickets')} back={toTickets} />
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('tickets.loadingOne')} />}</Panel>
      </>
    );
  }
  const closed = ticket.state === 'closed';
  return (
    <>
      <PageHead
        title={ticket.subject}
        back={toTickets}
        note={
          <div className={page.facts}>
            <TicketState state={ticket.state} side="client" />
            <span>{t('tickets.number', { number: ticket.number })}</span>
          </div>
        }
      />
      <div className={page.grid}>
        <Panel>
          <Conversation messages={ticket.messages} />
          {closed && (
            <div className={classes.closed}>
              <Note>{t('tickets.closedClient')}</Note>
            </div>
          )}
          <AnswerBox
            key={id}
            ticket={ticket}
            label={t('tickets.answerField')}
            send={(body, key) =>
              postV1TicketsByIdMessages({ path: { id }, headers: { 'Idempotency-Key': key }, body: { body }, throwOnError: true })
            }
            another={
              <LinkButton
                to="/tickets/new"
                search={{ card: ticket.card ?? undefined, entry: ticket.entry_id ?? undefined }}
                variant="default"
                size="sm"
              >
                {t('tickets.new')}
              </LinkButton>
            }
            others={
              !closed && (
                <Button
                  variant="default"
                  leftSection={<IconCheck size={18} aria-hidden />}
                  loading={close.isPending}
                  onClick={() => close.mutate({ path: { id } })}
                >
                  {t('tickets.close')}
                </Button>
              )
            }
          />
        </Panel>
        <div className={page.side}>
          <Facts ticket={ticket} />
        </div>
      </div>
    </>
  );
}
