import { IconCalendarEvent, IconCircleCheck, IconClockX, IconPencil, IconPlayerPlay, IconX, type TablerIcon } from '@tabler/icons-react';
import type { PromotionState } from '@/api/types.gen';
import { useT } from '@/i18n/message';
import { Badge, type Tone } from '@/ui/Badge';

const LOOK: Record<PromotionState, { tone: Tone; Icon: TablerIcon }> = {
  draft: { tone: 'quiet', Icon: IconPencil },
  upcoming: { tone: 'attention', Icon: IconCalendarEvent },
  running: { tone: 'good', Icon: IconPlayerPlay },
  over: { tone: 'quiet', Icon: IconClockX },
  withdrawn: { tone: 'refused', Icon: IconX },
};

/** Where a promotion stands; whether a company takes part, where that is known. */
export function OfferState({ state, joined = false }: { state: PromotionState; joined?: boolean }) {
  const t = useT();
  const { tone, Icon } = LOOK[state];
  return (
    <>
      {joined && (
        <Badge tone="good" icon={<IconCircleCheck aria-hidden />}>
          {t('offers.joined')}
        </Badge>
      )}
      {!(joined && state === 'running') && (
        <Badge tone={tone} icon={<Icon aria-hidden />}>
          {t(`promotionState.${state}`)}
        </Badge>
      )}
    </>
  );
}
