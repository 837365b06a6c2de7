import { IconArrowBackUp, IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { Dispute } from '@/model';
import { Badge, type Tone } from '@/ui/Badge';

type State = Dispute['state'];

const ICONS = { open: IconClock, refunded: IconCircleCheck, refused: IconCircleX, withdrawn: IconArrowBackUp };
const TONES: Record<State, Tone> = { open: 'attention', refunded: 'good', refused: 'refused', withdrawn: 'quiet' };

/** Where a dispute stands. */
export function DisputeState({ state }: { state: State }) {
  const t = useT();
  const Icon = ICONS[state];
  return (
    <Badge tone={TONES[state]} icon={<Icon aria-hidden />}>
      {t(`disputeState.${state}`)}
    </Badge>
  );
}
