import { useInfiniteQuery } from '@tanstack/react-query';
import { IconMessageCircleQuestion, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1TicketsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { DutyPhone } from '@/frame/contacts';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import type { Ticket } from '@/model';
import { useWait } from '@/pages/staff/useWait';
import { TICKET_STATES } from '@/search';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { useCardNames } from '@/ui/trade/useCardNames';
import { SubjectCell } from './SubjectCell';
import { SupportLinks } from './SupportLinks';
import { TicketState } from './TicketState';
import { useReachSome } from './useReachSome';

const route = getRouteApi('/cabinet/client/tickets');

const writeIcon = <IconPlus size={18} aria-hidden />;

/** What the company has asked OKTAN, the newest message first. */
export function TicketsPage() {
  const t = useT();
  const { state } = route.useSearch();
  const list = useInfiniteQuery({ ...getV1TicketsInfiniteOptions({ query: { state } }), ...livePages });
  const tickets = list.data?.pages.flatMap((page) => page.items);
  const seeking = useReachSome(list, tickets);
  const write = (
    <LinkButton to="/tickets/new" leftSection={writeIcon}>
      {t('tickets.new')}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t('frame.tickets')} note={t('tickets.note')} actions={write} />
      <SupportLinks current="tickets" />
      <ChoiceLinks
        label={t('tickets.which')}
        links={[
          { label: t('tickets.all'), to: { to: '/tickets', search: {} }, current: !state },
          ...TICKET_STATES.map((one) => ({
            label: t(`ticketStates.${one}`),
            to: { to: '/tickets' as const, search: { state: one } },
            current: state === one,
          })),
        ]}
      />
      <Panel flush>
        {tickets && tickets.length > 0 && <TicketTable tickets={tickets} />}
        {tickets?.length === 0 &&
          !seeking &&
          (state ? (
            <Empty
              icon={<IconSearchOff />}
              title={t('tickets.noneSuch')}
              action={
                <LinkButton to="/tickets" variant="light">
                  {t('tickets.showAll')}
                </LinkButton>
              }
            >
              {t('tickets.noneSuchNote')}
            </Empty>
          ) : (
            <Empty icon={<IconMessageCircleQuestion />} title={t('tickets.none')} action={write}>
              <p>{t('tickets.noneNote')}</p>
              <DutyPhone />
            </Empty>
          ))}
        {(!tickets || seeking) && (
          <div className={inset.inset}>
            {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('tickets.loading')} />}
          </div>
        )}
        {!seeking && <MoreButton list={list} />}
      </Panel>
    </>
  );
}

function TicketTable({ tickets }: { tickets: Ticket[] }) {
  const t = useT();
  const format = useFormat();
  const wait = useWait();
  const nameOf = useCardNames(tickets.some(({ card }) => card !== null));
  return (
    <Table
      label={t('frame.tickets')}
      head={
        <>
          <th scope="col">{t('tickets.subject')}</th>
          <th scope="col">{t('tickets.state')}</th>
          <th scope="col" className={table.number}>
            {t('tickets.last')}
          </th>
        </>
      }
    >
      {tickets.map((ticket) => (
        <tr key={ticket.id}>
          <SubjectCell ticket={ticket} to={{ to: '/tickets/$id', params: { id: ticket.id } }}>
            {ticket.card && `· ${nameOf.get(ticket.card) ?? groupedNumber(ticket.card)}`}
          </SubjectCell>
          <td>
            <TicketState state={ticket.state} side="client" />
            {ticket.waits_since && <div className={table.under}>{wait(ticket.waits_since)}</div>}
          </td>
          <td className={table.number} data-name={t('tickets.last')}>
            {format.dateTime(ticket.last_at)}
            <div className={table.under}>{t('tickets.messages', { count: ticket.message_count })}</div>
          </td>
        </tr>
      ))}
    </Table>
  );
}
