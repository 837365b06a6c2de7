import { IconCircleCheck, IconCircleX, IconPlayerPause } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { Company } from '@/model';
import { Badge, type Tone } from '@/ui/Badge';

const LOOK: Record<Company['status'], { tone: Tone; Icon: typeof IconCircleX }> = {
  active: { tone: 'good', Icon: IconCircleCheck },
  suspended: { tone: 'attention', Icon: IconPlayerPause },
  closed: { tone: 'quiet', Icon: IconCircleX },
};

export function CompanyStatus({ status }: { status: Company['status'] }) {
  const t = useT();
  const { tone, Icon } = LOOK[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`companyStatus.${status}`)}
    </Badge>
  );
}
