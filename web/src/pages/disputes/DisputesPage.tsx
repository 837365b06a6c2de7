import { useInfiniteQuery } from '@tanstack/react-query';
import { IconScale } from '@tabler/icons-react';
import { getV1DisputesInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { SupportLinks } from '@/pages/tickets/SupportLinks';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { useCardNames } from '@/ui/trade/useCardNames';
import { DisputeTable } from './DisputeTable';

/** The purchases that the company does not agree with, newest first. */
export function DisputesPage() {
  const t = useT();
  const list = useInfiniteQuery({ ...getV1DisputesInfiniteOptions(), ...livePages });
  const disputes = list.data?.pages.flatMap((page) => page.items);
  const names = useCardNames(Boolean(disputes?.length));
  return (
    <>
      <PageHead title={t('frame.disputes')} note={t('disputes.note')} />
      <SupportLinks current="disputes" />
      <Panel flush>
        {disputes && disputes.length > 0 && (
          <DisputeTable
            disputes={disputes}
            linkTo={({ id }) => ({ to: '/disputes/$id', params: { id } })}
            under={({ card_number: card }) => names.get(card) ?? groupedNumber(card)}
          />
        )}
        {disputes?.length === 0 && (
          <Empty icon={<IconScale />} title={t('disputes.none')} action={<LinkButton to="/history">{t('disputes.toHistory')}</LinkButton>}>
            {t('disputes.noneNote')}
          </Empty>
        )}
        {!disputes && (
          <div className={inset.inset}>
            {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('disputes.loading')} />}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}
