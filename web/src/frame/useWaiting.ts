import { useQuery } from '@tanstack/react-query';
import {
  getV1StaffApprovalsOptions, getV1StaffDisputesOptions, getV1StaffRecoveryOptions, getV1StaffTicketsOptions, getV1TicketsOptions,
} from '@/api/@tanstack/react-query.gen';
import { useMay } from '@/session/may';
import { useSession } from '@/session/session';

const COUNTED_MAX = 100;
const AGAIN_MS = 60_000;

const counting = { refetchInterval: AGAIN_MS, staleTime: 10_000 };

/** How much waits for this person, as it is shown: to be decided, to be answered, or to be read; nothing where nothing does. */
export function useWaiting(): { claims?: string; approvals?: string; tickets?: string } {
  const may = useMay();
  const isClient = useSession().user.kind === 'client';
  const limit = { limit: COUNTED_MAX };
  const query = { state: 'open', ...limit } as const;
  const claims = useQuery({ ...getV1StaffRecoveryOptions({ query }), ...counting, enabled: may('desk') });
  const approvals = useQuery({ ...getV1StaffApprovalsOptions({ query }), ...counting, enabled: may('approve') });
  const queue = useQuery({ ...getV1StaffTicketsOptions({ query: limit }), ...counting, enabled: may('answer') });
  const own = useQuery({ ...getV1TicketsOptions({ query: limit }), ...counting, enabled: isClient });
  const unread = own.data && { items: own.data.items.filter((ticket) => ticket.unread) };
  return { claims: counted(claims.data), approvals: counted(approvals.data), tickets: counted(isClient ? unread : queue.data) };
}

/** How many disputes the desk has to decide. */
export function useDisputesWaiting(): string | undefined {
  const may = useMay();
  const query = { state: 'open', limit: COUNTED_MAX } as const;
  return counted(useQuery({ ...getV1StaffDisputesOptions({ query }), ...counting, enabled: may('answer') }).data);
}

function counted(list: { items: unknown[]; next_cursor?: string | null } | undefined): string | undefined {
  if (!list || list.items.length === 0) return undefined;
  return `${list.items.length}${list.next_cursor ? '+' : ''}`;
}
