import { getRouteApi } from '@tanstack/react-router';
import { HistoryView } from '@/pages/history/HistoryView';

const route = getRouteApi('/cabinet/staff/companies/$id/history');

/** The company's history with its own filters and details. */
export function CompanyHistoryPage() {
  const navigate = route.useNavigate();
  return <HistoryView search={route.useSearch()} onSearch={(search, replace) => void navigate({ search, replace })} />;
}
