import { useInfiniteQuery } from '@tanstack/react-query';
import { IconScale } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1StaffDisputesInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { useDisputesWaiting } from '@/frame/useWaiting';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { DisputeTable } from '@/pages/disputes/DisputeTable';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { DeskLinks } from './DeskLinks';

const route = getRouteApi('/cabinet/staff/disputes');

/** Disputes at the desk: what is due first stands first. */
export function DisputesPage() {
  const t = useT();
  const { state } = route.useSearch();
  const waiting = useDisputesWaiting();
  const list = useInfiniteQuery({ ...getV1StaffDisputesInfiniteOptions({ query: { state } }), ...livePages });
  const disputes = list.data?.pages.flatMap((page) => page.items);
  const closed = state === 'closed';
  return (
    <>
      <PageHead title={t('frame.disputes')} note={t('disputes.staffNote')} />
      <DeskLinks />
      <ChoiceLinks
        label={t('disputes.which')}
        links={[
          { label: t('disputes.openAll'), count: waiting, to: { to: '/staff/disputes', search: {} }, current: !closed },
          { label: t('disputes.closedAll'), to: { to: '/staff/disputes', search: { state: 'closed' } }, current: closed },
        ]}
      />
      <Panel flush>
        {disputes && disputes.length > 0 && (
          <DisputeTable
            disputes={disputes}
            linkTo={({ id }) => ({ to: '/staff/disputes/$id', params: { id } })}
            under={({ company }) => company.name}
          />
        )}
        {disputes?.length === 0 && <Empty icon={<IconScale />} title={t(closed ? 'disputes.noneClosed' : 'disputes.noneOpen')} />}
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
