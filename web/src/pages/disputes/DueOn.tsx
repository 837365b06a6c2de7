import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { Dispute } from '@/model';
import { Badge } from '@/ui/Badge';

/** By when a dispute is decided; one that was not says so. */
export function DueOn({ dispute }: { dispute: Pick<Dispute, 'due_on' | 'overdue'> }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <span className="nowrap">{format.date(dispute.due_on)}</span>{' '}
      {dispute.overdue && (
        <Badge tone="refused" icon={<IconAlertTriangle aria-hidden />}>
          {t('disputes.overdue')}
        </Badge>
      )}
    </>
  );
}
