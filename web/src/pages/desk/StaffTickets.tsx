import { useInfiniteQuery } from '@tanstack/react-query';
import { IconMessages, IconSearchOff } from '@tabler/icons-react';
import { getV1StaffTicketsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import type { GetV1StaffTicketsData } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import type { StaffTicket } from '@/model';
import { useWait } from '@/pages/staff/useWait';
import { SubjectCell } from '@/pages/tickets/SubjectCell';
import { TicketState } from '@/pages/tickets/TicketState';
import { useReachSome } from '@/pages/tickets/useReachSome';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';

interface StaffTicketsProps {
  query: NonNullable<GetV1StaffTicketsData['query']>;
  /** All of them wait: how long is what matters. */
  waiting?: boolean;
  /** What is said where there is none. */
  none: { title: string; note?: string; found: boolean };
}

/** Tickets as the desk lists them, kept live. */
export function StaffTickets({ query, waiting = false, none }: StaffTicketsProps) {
  const t = useT();
  const list = useInfiniteQuery({ ...getV1StaffTicketsInfiniteOptions({ query }), ...livePages });
  const tickets = list.data?.pages.flatMap((page) => page.items);
  const seeking = useReachSome(list, tickets);
  return (
    <Panel flush>
      {tickets && tickets.length > 0 && <TicketTable tickets={tickets} waiting={waiting} />}
      {tickets?.length === 0 && !seeking && (
        <Empty icon={none.found ? <IconSearchOff /> : <IconMessages />} title={none.title}>
          {none.note}
        </Empty>
      )}
      {(!tickets || seeking) && (
        <div className={inset.inset}>
          {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('tickets.loading')} />}
        </div>
      )}
      {!seeking && <MoreButton list={list} />}
    </Panel>
  );
}

function TicketTable({ tickets, waiting }: { tickets: StaffTicket[]; waiting: boolean }) {
  const t = useT();
  const format = useFormat();
  const wait = useWait();
  const when = t(waiting ? 'queue.waits' : 'tickets.last');
  return (
    <Table
      label={t('frame.staffTickets')}
      head={
        <>
          <th scope="col">{t('tickets.subject')}</th>
          <th scope="col">{t('tickets.state')}</th>
          <th scope="col">{t('queue.care')}</th>
          <th scope="col" className={table.number}>
            {when}
          </th>
        </>
      }
    >
      {tickets.map((ticket) => (
        <tr key={ticket.id}>
          <SubjectCell ticket={ticket} to={{ to: '/staff/tickets/$id', params: { id: ticket.id } }}>
            · {ticket.company.name}
          </SubjectCell>
          <td>
            <TicketState state={ticket.state} side="staff" />
          </td>
          <td data-name={t('queue.care')}>
            {ticket.assignee ? (ticket.assignee.me ? t('queue.me') : ticket.assignee.full_name) : <span className="muted">{t('queue.noCare')}</span>}
          </td>
          <td className={table.number} data-name={when}>
            {waiting && ticket.waits_since ? wait(ticket.waits_since) : format.dateTime(ticket.last_at)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
