import { useT } from '@/i18n/message';
import { ChoiceLinks } from '@/ui/ChoiceLinks';

/** What a company says to OKTAN: questions in tickets, and purchases that are not right. */
export function SupportLinks({ current }: { current: 'tickets' | 'disputes' }) {
  const t = useT();
  return (
    <ChoiceLinks
      label={t('disputes.pages')}
      links={[
        { label: t('frame.tickets'), to: { to: '/tickets', search: {} }, current: current === 'tickets' },
        { label: t('frame.disputes'), to: { to: '/disputes' }, current: current === 'disputes' },
      ]}
    />
  );
}
