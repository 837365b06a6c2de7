import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getV1StaffApprovalsOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { Value } from './Approval';

const READ = 100;

/** What of this company waits for another person, so that nobody asks for it twice. */
export function PendingApprovals({ company }: { company: string }) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const { data } = useQuery(getV1StaffApprovalsOptions({ query: { state: 'open', limit: READ } }));
  const pending = data?.items.filter((approval) => approval.company.id === company) ?? [];
  if (pending.length === 0) return null;
  return (
    <Note tone="attention" title={t('approvals.pendingHere')} actions={<Link to="/staff/approvals">{t('approvals.toAll')}</Link>}>
      {pending.map((approval) => (
        <p key={approval.id}>
          {maybe(`approvals.kind.${approval.kind}`) ?? approval.kind}: <Value approval={approval} side="before" /> →{' '}
          <Value approval={approval} side="after" />
          <span className="muted"> · {t('approvals.askedBy', { name: approval.asked_by.full_name, at: format.dateTime(approval.asked_at) })}</span>
        </p>
      ))}
    </Note>
  );
}
