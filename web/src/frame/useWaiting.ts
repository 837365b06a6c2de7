import { useQuery } from '@tanstack/react-query';
import { getV1StaffApprovalsOptions, getV1StaffRecoveryOptions } from '@/api/@tanstack/react-query.gen';
import { useMay } from '@/session/may';

const COUNTED_MAX = 100;
const AGAIN_MS = 60_000;

const counting = { refetchInterval: AGAIN_MS, staleTime: 10_000 };

/** How much waits for this person's decision, as it is shown; nothing where nothing does. */
export function useWaiting(): { claims?: string; approvals?: string } {
  const may = useMay();
  const query = { state: 'open', limit: COUNTED_MAX } as const;
  const claims = useQuery({ ...getV1StaffRecoveryOptions({ query }), ...counting, enabled: may('desk') });
  const approvals = useQuery({ ...getV1StaffApprovalsOptions({ query }), ...counting, enabled: may('approve') });
  return { claims: counted(claims.data), approvals: counted(approvals.data) };
}

function counted(list: { items: unknown[]; next_cursor?: string | null } | undefined): string | undefined {
  if (!list || list.items.length === 0) return undefined;
  return `${list.items.length}${list.next_cursor ? '+' : ''}`;
}
