import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { InvoicesPanel } from './InvoicesPanel';
import { NewInvoiceButton } from './NewInvoiceButton';
import { ownPapers } from './source';

const route = getRouteApi('/cabinet/client/invoices');

/** The company's own invoices; the address may say for how much one is to be made. */
export function InvoicesPage() {
  const t = useT();
  const navigate = route.useNavigate();
  const { amount } = route.useSearch();
  return (
    <>
      <PageHead title={t('frame.invoices')} note={t('invoices.note')} actions={<NewInvoiceButton wanted={amount} onClose={() => void navigate({ search: {}, replace: true })} />} />
      <InvoicesPanel papers={ownPapers} />
    </>
  );
}
