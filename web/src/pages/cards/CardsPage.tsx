import { IconCreditCard } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { Phone, useContacts } from '@/frame/contacts';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useMay } from '@/session/may';
import { PageHead } from '@/ui/PageHead';
import { Empty } from '@/ui/states';
import { BlockInRow } from './BlockInRow';
import { CardFiltersBar } from './CardFiltersBar';
import { CardList } from './CardList';
import { useBlocking } from './useBlocking';
import { useCardPages } from './useCardPages';

const route = getRouteApi('/cabinet/client/cards');

/** All the company's cards: found by a part of the name or the number, blocked with one click. */
export function CardsPage() {
  const t = useT();
  const may = useMay();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { reception } = useContacts();
  const cards = useCardPages(filters);
  const blocking = useBlocking();
  const block = (card: CardRow) => <BlockInRow card={card} blocking={blocking} />;

  return (
    <>
      <PageHead title={t('frame.cards')} />
      <CardFiltersBar
        filters={filters}
        onChange={(changed) => void navigate({ search: (old) => ({ ...old, ...changed }), replace: true })}
      />
      <CardList
        cards={cards}
        filtered={Object.values(filters).some(Boolean)}
        onClear={() => void navigate({ search: {} })}
        action={may('block') ? block : undefined}
        none={
          <Empty icon={<IconCreditCard />} title={t('cards.none')}>
            {t('cards.noneNote')} <Phone number={reception} />
          </Empty>
        }
      />
    </>
  );
}
