import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconCreditCard, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1CardsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { Phone, useContacts } from '@/frame/contacts';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import inset from '@/ui/inset.module.css';
import { CardFiltersBar } from './CardFiltersBar';
import { CardTable } from './CardTable';

const route = getRouteApi('/cabinet/client/cards');

/** All the company's cards: found by a part of the name or the number, blocked with one click. */
export function CardsPage() {
  const t = useT();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { reception } = useContacts();
  const cards = useInfiniteQuery({ ...getV1CardsInfiniteOptions({ query: filters }), ...livePages });
  const rows = cards.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(filters).some(Boolean);

  return (
    <>
      <PageHead title={t('frame.cards')} />
      <CardFiltersBar
        filters={filters}
        onChange={(changed) => void navigate({ search: (old) => ({ ...old, ...changed }), replace: true })}
      />
      <Panel flush>
        {rows && rows.length > 0 && <CardTable cards={rows} />}
        {rows?.length === 0 && !cards.hasNextPage && filtered && (
          <Empty
            icon={<IconSearchOff />}
            title={t('cards.noneFound')}
            action={
              <Button variant="light" onClick={() => void navigate({ search: {} })}>
                {t('common.clearFilters')}
              </Button>
            }
          >
            {t('cards.noneFoundNote')}
          </Empty>
        )}
        {rows?.length === 0 && !filtered && (
          <Empty icon={<IconCreditCard />} title={t('cards.none')}>
            {t('cards.noneNote')} <Phone number={reception} />
          </Empty>
        )}
        {!rows && (
          <div className={inset.inset}>
            {cards.isError ? (
              <Failed error={cards.error} again={() => void cards.refetch()} />
            ) : (
              <Loading words={t('cards.loading')} lines={8} />
            )}
          </div>
        )}
        <MoreButton list={cards} />
      </Panel>
    </>
  );
}
