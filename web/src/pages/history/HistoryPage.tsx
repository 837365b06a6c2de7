import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { DisputeButton } from '@/pages/disputes/DisputeButton';
import { HistoryView } from './HistoryView';

const route = getRouteApi('/cabinet/client/history');

/** The company's own history. */
export function HistoryPage() {
  const t = useT();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title={t('frame.history')} />
      <HistoryView search={route.useSearch()} onSearch={(search, replace) => void navigate({ search, replace })} Action={DisputeButton} />
    </>
  );
}
