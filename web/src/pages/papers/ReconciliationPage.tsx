import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { ActPanel } from './ActPanel';
import { ownPapers } from './source';

const route = getRouteApi('/cabinet/client/reconciliation');

/** The company's own act of reconciliation. */
export function ReconciliationPage() {
  const t = useT();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title={t('frame.reconciliation')} note={t('reconciliation.note')} />
      <ActPanel papers={ownPapers} days={route.useSearch()} onDays={(search) => void navigate({ search, replace: true })} />
    </>
  );
}
