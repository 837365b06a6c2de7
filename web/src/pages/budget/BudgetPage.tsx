import { useT } from '@/i18n/message';
import { PageHead } from '@/ui/PageHead';
import { BudgetBoard } from './BudgetBoard';

/** The company's budget, with its shares. */
export function BudgetPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t('frame.budget')} note={t('budget.three')} />
      <BudgetBoard />
    </>
  );
}
