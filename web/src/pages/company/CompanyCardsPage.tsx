import { IconCreditCard } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { CardFiltersBar } from '@/pages/cards/CardFiltersBar';
import { CardList } from '@/pages/cards/CardList';
import { useCardPages } from '@/pages/cards/useCardPages';
import { useMay } from '@/session/may';
import { Empty } from '@/ui/states';
import { useSelection } from '@/ui/useSelection';
import { IssueButton } from './IssueButton';
import { SheetButton } from './SheetButton';
import { StaffBlockButton } from './StaffBlockButton';
import classes from './CompanyFrame.module.css';
import { useCompany } from './useCompany';

const block = (card: CardRow) => <StaffBlockButton card={card} />;

const route = getRouteApi('/cabinet/staff/companies/$id/cards');

/** The company's cards with its own filters; what staff may do about each stands at its end, and an act is printed for those picked. */
export function CompanyCardsPage() {
  const t = useT();
  const may = useMay();
  const company = useCompany();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const cards = useCardPages(filters);
  const numbers = useMemo(() => (cards.rows ?? []).map(({ number }) => number), [cards.rows]);
  const selection = useSelection(numbers);
  const picked = numbers.filter((number) => selection.picked.has(number));
  const issue = may('provision') && company.status === 'active' && <IssueButton company={company} />;

  return (
    <>
      <div className={classes.tools}>
        <CardFiltersBar
          filters={filters}
          onChange={(changed) => void navigate({ search: (old) => ({ ...old, ...changed }), replace: true })}
        />
        <div className={classes.acts}>
          {may('provision') && numbers.length > 0 && (
            <SheetButton size="md" company={company.id} numbers={picked.length > 0 ? picked : undefined} />
          )}
          {issue}
        </div>
      </div>
      <CardList
        cards={cards}
        filtered={Object.values(filters).some(Boolean)}
        onClear={() => void navigate({ search: {} })}
        action={may('provision') ? block : undefined}
        selection={may('provision') ? selection : undefined}
        none={
          <Empty icon={<IconCreditCard />} title={t('staff.noCards')} action={issue}>
            {t('staff.noCardsNote')}
          </Empty>
        }
      />
    </>
  );
}
