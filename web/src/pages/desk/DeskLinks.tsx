import { useLocation } from '@tanstack/react-router';
import { useWaiting } from '@/frame/useWaiting';
import { useT } from '@/i18n/message';
import { ChoiceLinks } from '@/ui/ChoiceLinks';

/** Who writes to the desk: clients in their tickets, the public on the site. */
export function DeskLinks() {
  const t = useT();
  const { tickets } = useWaiting();
  const letters = useLocation({ select: ({ pathname }) => pathname.startsWith('/staff/messages') });
  return (
    <ChoiceLinks
      label={t('queue.pages')}
      links={[
        { label: t('queue.clients'), count: tickets, to: { to: '/staff/tickets', search: {} }, current: !letters },
        { label: t('frame.messages'), to: { to: '/staff/messages', search: {} }, current: letters },
      ]}
    />
  );
}
