import { useT } from '@/i18n/message';
import { LinkButton } from '@/ui/LinkButton';
import { PageHead } from '@/ui/PageHead';
import { MonthsPanel } from './MonthsPanel';
import { ownPapers } from './source';

/** The company's own closed months, and the way to everything else that an accountant needs. */
export function DocumentsPage() {
  const t = useT();
  return (
    <>
      <PageHead
        title={t('frame.documents')}
        note={t('papers.note')}
        actions={
          <>
            <LinkButton to="/invoices" variant="default">{t('frame.invoices')}</LinkButton>
            <LinkButton to="/reconciliation" variant="default">{t('frame.reconciliation')}</LinkButton>
          </>
        }
      />
      <MonthsPanel papers={ownPapers} />
    </>
  );
}
