import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { getV1StaffJournalInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { JournalView } from './JournalView';

const route = getRouteApi('/cabinet/staff/journal');

/** What was done to stations, terminals and the staff's own accounts; a company's acts are in its own journal. */
export function StaffJournalPage() {
  const t = useT();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery({
    ...getV1StaffJournalInfiniteOptions({ query: filters }),
    ...livePages,
    refetchInterval: false,
  });
  return (
    <>
      <PageHead title={t('staffJournal.title')} note={t('staffJournal.note')} />
      <JournalView list={list} filters={filters} onFilter={(search) => void navigate({ search, replace: true })} />
    </>
  );
}
