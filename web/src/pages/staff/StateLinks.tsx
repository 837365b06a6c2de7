import { useT, type MessageId } from '@/i18n/message';
import { ChoiceLinks } from '@/ui/ChoiceLinks';

interface StateLinksProps {
  to: '/staff/recovery' | '/staff/approvals' | '/staff/messages';
  closed: boolean;
  /** How many wait. */
  open?: string;
  /** What the two are called. */
  words?: [waiting: MessageId, decided: MessageId];
}

const DECISIONS: [MessageId, MessageId] = ['desk.waiting', 'desk.decided'];

/** What waits, and what was decided. */
export function StateLinks({ to, closed, open, words = DECISIONS }: StateLinksProps) {
  const t = useT();
  return (
    <ChoiceLinks
      label={t('desk.which')}
      links={[
        { label: t(words[0]), count: open, to: { to, search: {} }, current: !closed },
        { label: t(words[1]), to: { to, search: { state: 'closed' } }, current: closed },
      ]}
    />
  );
}
