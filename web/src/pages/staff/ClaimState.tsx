import { IconCircleCheck, IconCircleX, IconClock, IconUsers, type TablerIcon } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { Claim } from '@/model';
import { Badge, type Tone } from '@/ui/Badge';

const LOOK: Record<Claim['state'], { tone: Tone; Icon: TablerIcon }> = {
  open: { tone: 'attention', Icon: IconClock },
  awaiting_second: { tone: 'attention', Icon: IconUsers },
  approved: { tone: 'good', Icon: IconCircleCheck },
  refused: { tone: 'refused', Icon: IconCircleX },
};

export function ClaimState({ state }: { state: Claim['state'] }) {
  const t = useT();
  const { tone, Icon } = LOOK[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`claimState.${state}`)}
    </Badge>
  );
}
