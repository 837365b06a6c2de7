import { IconCircleCheck, IconCircleX, IconClockX, IconLock, IconLockExclamation } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { Badge, type Tone } from '@/ui/Badge';

const LOOK: Record<CardRow['status'], { tone: Tone; Icon: typeof IconLock }> = {
  active: { tone: 'good', Icon: IconCircleCheck },
  blocked: { tone: 'quiet', Icon: IconLock },
  blocked_by_staff: { tone: 'attention', Icon: IconLockExclamation },
  expired: { tone: 'quiet', Icon: IconClockX },
  closed: { tone: 'quiet', Icon: IconCircleX },
};

export function CardStatus({ status }: { status: CardRow['status'] }) {
  const t = useT();
  const { tone, Icon } = LOOK[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`cardStatus.${status}`)}
    </Badge>
  );
}
