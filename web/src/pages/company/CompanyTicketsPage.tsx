import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { StaffTickets } from '@/pages/desk/StaffTickets';

const route = getRouteApi('/cabinet/staff/companies/$id/tickets');

/** What the company has asked, the newest message first. */
export function CompanyTicketsPage() {
  const t = useT();
  const { id } = route.useParams();
  return <StaffTickets query={{ company_id: id }} none={{ title: t('tickets.none'), note: t('queue.noneOfCompany'), found: false }} />;
}
