import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffTicketsByIdOptions, postV1StaffTicketsByIdCloseMutation } from '@/api/@tanstack/react-query.gen';
import { postV1StaffTicketsByIdMessages, postV1StaffTicketsByIdSeen } from '@/api/sdk.gen';
import { LIVE_MS } from '@/http/setup';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { StaffTicketDetails } from '@/model';
import { AnswerBox } from '@/pages/tickets/AnswerBox';
import { Conversation } from '@/pages/tickets/Conversation';
import { Facts } from '@/pages/tickets/Facts';
import classes from '@/pages/tickets/tickets.module.css';
import { TicketState } from '@/pages/tickets/TicketState';
import { useSeen } from '@/pages/tickets/useSeen';
import { OfCompany } from '@/source/desk';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import { Care } from './Care';
import { UnblockHere } from './UnblockHere';

const route = getRouteApi('/cabinet/staff/tickets/$id');

const mark = (id: string, messages: number) => postV1StaffTicketsByIdSeen({ path: { id }, body: { messages }, throwOnError: true });

/** A ticket at the desk: what is said in it beside whose it is and what it is about. */
export function StaffTicketPage() {
  const t = useT();
  const { id } = route.useParams();
  const { data: ticket, error, refetch } = useQuery({ ...getV1StaffTicketsByIdOptions({ path: { id } }), refetchInterval: LIVE_MS });
  useSeen(ticket, mark);
  const toQueue = (
    <BackLink to="/staff/tickets">{t('frame.staffTickets')}</BackLink>
  );
  if (!ticket) {
    return (
      <>
        <PageHead title={t('frame.staffTickets')} back={toQueue} />
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('tickets.loadingOne')} />}</Panel>
      </>
    );
  }
  return (
    <OfCompany id={ticket.company.id}>
      <PageHead
        title={ticket.subject}
        back={toQueue}
        note={
          <div className={page.facts}>
            <TicketState state={ticket.state} side="staff" />
            <span>{t('tickets.number', { number: ticket.number })}</span>
            <span>{ticket.company.name}</span>
          </div>
        }
      />
      <div className={page.grid}>
        <Panel>
          <Conversation messages={ticket.messages} />
          {ticket.state === 'closed' && (
            <div className={classes.closed}>
              <Note>{t('tickets.closedDesk')}</Note>
            </div>
          )}
          <Answer key={id} ticket={ticket} />
        </Panel>
        <div className={page.side}>
          <Care ticket={ticket} />
          <Beside ticket={ticket} />
        </div>
      </div>
    </OfCompany>
  );
}

function Answer({ ticket }: { ticket: StaffTicketDetails }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const { id } = ticket;
  // What came after that still waits, whoever answers or closes.
  const seen = ticket.message_count;
  const close = useMutation({
    ...postV1StaffTicketsByIdCloseMutation(),
    onSuccess: () => toastDone(t('tickets.closeDone')),
    onError: (refused) => toastFailed(say(refused)),
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <AnswerBox
      ticket={ticket}
      label={t('queue.answerField')}
      send={(body, key) =>
        postV1StaffTicketsByIdMessages({ path: { id }, headers: { 'Idempotency-Key': key }, body: { body, seen }, throwOnError: true })
      }
      others={
        ticket.state !== 'closed' && (
          <Button
            variant="default"
            leftSection={<IconCheck size={18} aria-hidden />}
            loading={close.isPending}
            onClick={() => close.mutate({ path: { id }, body: { seen } })}
          >
            {t('queue.close')}
          </Button>
        )
      }
    />
  );
}

function Beside({ ticket }: { ticket: StaffTicketDetails }) {
  const t = useT();
  const { id, name } = ticket.company;
  return (
    <Facts
      ticket={ticket}
      facts={[
        [
          t('queue.company'),
          <Link key="company" to="/staff/companies/$id" params={{ id }}>
            {name}
          </Link>,
        ],
      ]}
    >
      <div className={classes.side}>
        <UnblockHere ticket={ticket} />
        <Link to="/staff/companies/$id/tickets" params={{ id }}>
          {t('queue.ofCompany')}
        </Link>
      </div>
    </Facts>
  );
}
