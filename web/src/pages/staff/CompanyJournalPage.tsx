import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import {
  getV1StaffCompaniesByIdCardsOptions, getV1StaffCompaniesByIdJournalInfiniteOptions, getV1StaffCompaniesByIdOptions,
} from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import back from '@/pages/card/CardPage.module.css';
import { PageHead } from '@/ui/PageHead';
import { JournalView } from './JournalView';

const route = getRouteApi('/cabinet/staff/companies/$id/journal');
const CARDS_READ = 100;

/** Everything people did to a company, its own and OKTAN's. */
export function CompanyJournalPage() {
  const t = useT();
  const { id } = route.useParams();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data: company } = useQuery(getV1StaffCompaniesByIdOptions({ path: { id } }));
  const { data: cards } = useQuery({
    ...getV1StaffCompaniesByIdCardsOptions({ path: { id }, query: { limit: CARDS_READ } }),
    staleTime: 60_000,
  });
  const nameOfCard = useCallback(
    (number: string) => cards?.items.find((card) => card.number === number)?.label || undefined,
    [cards],
  );
  const list = useInfiniteQuery({
    ...getV1StaffCompaniesByIdJournalInfiniteOptions({ path: { id }, query: filters }),
    ...livePages,
    initialPageParam: { path: { id } },
    refetchInterval: false,
  });
  return (
    <>
      <PageHead
        title={t('frame.journal')}
        note={t('staffJournal.ofCompany')}
        back={
          <Link to="/staff/companies/$id" params={{ id }} className={back.back}>
            <IconArrowLeft size={16} aria-hidden /> {company?.name ?? t('staff.company')}
          </Link>
        }
      />
      <JournalView
        list={list}
        filters={filters}
        onFilter={(search) => void navigate({ search, replace: true })}
        nameOfCard={nameOfCard}
      />
    </>
  );
}
