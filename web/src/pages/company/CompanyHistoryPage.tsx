import { getRouteApi } from '@tanstack/react-router';
import { HistoryView } from '@/pages/history/HistoryView';
import { ReverseButton } from './ReverseButton';

const route = getRouteApi('/cabinet/staff/companies/$id/history');

/** The company's history with its own filters and details; a payment's money can be asked back. */
export function CompanyHistoryPage() {
  const navigate = route.useNavigate();
  return (
    <HistoryView search={route.useSearch()} onSearch={(search, replace) => void navigate({ search, replace })} Action={ReverseButton} />
  );
}
