import { useLocation } from '@tanstack/react-router';
import { useDisputesWaiting, useWaiting } from '@/frame/useWaiting';
import { useT } from '@/i18n/message';
import { ChoiceLinks } from '@/ui/ChoiceLinks';

/** Who writes to the desk: clients in their tickets and disputes, the public on the site. */
export function DeskLinks() {
  const t = useT();
  const { tickets } = useWaiting();
  const disputes = useDisputesWaiting();
  const page = useLocation({ select: ({ pathname }) => pathname.split('/')[2] });
  return (
    <ChoiceLinks
      label={t('queue.pages')}
      links={[
        { label: t('queue.clients'), count: tickets, to: { to: '/staff/tickets', search: {} }, current: page === 'tickets' },
        { label: t('frame.disputes'), count: disputes, to: { to: '/staff/disputes', search: {} }, current: page === 'disputes' },
        { label: t('frame.messages'), to: { to: '/staff/messages', search: {} }, current: page === 'messages' },
      ]}
    />
  );
}
