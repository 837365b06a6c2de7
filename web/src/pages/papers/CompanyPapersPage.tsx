import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { ActPanel } from './ActPanel';
import { InvoicesPanel } from './InvoicesPanel';
import { MonthsPanel } from './MonthsPanel';
import { papersOf } from './source';

const route = getRouteApi('/cabinet/staff/companies/$id/documents');

/** A company's documents at the desk: all that its accountant sees. */
export function CompanyPapersPage() {
  const t = useT();
  const navigate = route.useNavigate();
  const papers = papersOf(route.useParams().id);
  return (
    <Stack>
      <MonthsPanel papers={papers} title={t('papers.closed')} />
      <InvoicesPanel papers={papers} title={t('frame.invoices')} />
      <ActPanel
        papers={papers}
        title={t('frame.reconciliation')}
        days={route.useSearch()}
        onDays={(search) => void navigate({ search, replace: true })}
      />
    </Stack>
  );
}
