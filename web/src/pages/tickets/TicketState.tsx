import { IconCircleCheck, IconClock, IconMessageCheck } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { Ticket } from '@/model';
import { Badge, type Tone } from '@/ui/Badge';

type State = Ticket['state'];

const ICONS = { waiting: IconClock, answered: IconMessageCheck, closed: IconCircleCheck };
/** Amber is for whose turn it is. */
const TONES: Record<'client' | 'staff', Record<State, Tone>> = {
  client: { waiting: 'quiet', answered: 'good', closed: 'quiet' },
  staff: { waiting: 'attention', answered: 'good', closed: 'quiet' },
};

/** Whose turn it is in a ticket. */
export function TicketState({ state, side }: { state: State; side: 'client' | 'staff' }) {
  const t = useT();
  const Icon = ICONS[state];
  return (
    <Badge tone={TONES[side][state]} icon={<Icon aria-hidden />}>
      {t(`ticketState.${state}`)}
    </Badge>
  );
}
