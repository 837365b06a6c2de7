import { useInfiniteQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconClock, IconMessage, type TablerIcon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { getV1TicketsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import type { TicketState } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Badge, type Tone } from '@/ui/Badge';
import { Panel } from '@/ui/Panel';
import { Failed } from '@/ui/states';
import classes from './profile.module.css';

const READ = 100;

const LOOK: Record<TicketState, { tone: Tone; Icon: TablerIcon }> = {
  waiting: { tone: 'attention', Icon: IconClock },
  answered: { tone: 'good', Icon: IconMessage },
  closed: { tone: 'quiet', Icon: IconCircleCheck },
};

/** Corrections that were asked for, and what became of them; nothing where there were none. */
export function Corrections() {
  const t = useT();
  const format = useFormat();
  const list = useInfiniteQuery({
    ...getV1TicketsInfiniteOptions({ query: { limit: READ } }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const asked = list.data?.pages.flatMap((page) => page.items).filter(({ topic }) => topic === 'correction') ?? [];
  if (list.isError) {
    return (
      <Panel title={t('profile.corrections')}>
        <Failed error={list.error} again={() => void list.refetch()} />
      </Panel>
    );
  }
  if (asked.length === 0) return null;
  return (
    <Panel title={t('profile.corrections')}>
      <ul className={classes.corrections}>
        {asked.map((ticket) => {
          const { tone, Icon } = LOOK[ticket.state];
          return (
            <li key={ticket.id}>
              <div>
                <Link to={`/tickets/${ticket.id}` as string}>{t('profile.correction', { subject: ticket.subject, number: ticket.number })}</Link>
                <p className="muted">{format.dateTime(ticket.created_at)}</p>
              </div>
              <Badge tone={tone} icon={<Icon aria-hidden />}>
                {t(`correctionState.${ticket.state}`)}
              </Badge>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
