import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { InvoicesPanel } from './InvoicesPanel';
import { NewInvoiceButton } from './NewInvoiceButton';
import { ownPapers } from './source';

/** The company's own invoices. */
export function InvoicesPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t('frame.invoices')} note={t('invoices.note')} actions={<NewInvoiceButton />} />
      <InvoicesPanel papers={ownPapers} />
    </>
  );
}
