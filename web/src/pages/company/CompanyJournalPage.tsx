import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { getV1StaffCompaniesByIdJournalInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useCardNames } from '@/ui/trade/useCardNames';
import { JournalView } from '@/pages/staff/JournalView';

const route = getRouteApi('/cabinet/staff/companies/$id/journal');

/** Everything people did to a company, its own and OKTAN's. */
export function CompanyJournalPage() {
  const { id } = route.useParams();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const names = useCardNames(true);
  const nameOfCard = useCallback((number: string) => names.get(number), [names]);
  const list = useInfiniteQuery({
    ...getV1StaffCompaniesByIdJournalInfiniteOptions({ path: { id }, query: filters }),
    ...livePages,
    initialPageParam: { path: { id } },
    refetchInterval: false,
  });
  return (
    <JournalView
      list={list}
      filters={filters}
      onFilter={(search) => void navigate({ search, replace: true })}
      nameOfCard={nameOfCard}
    />
  );
}
