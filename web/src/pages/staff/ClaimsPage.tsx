import { useInfiniteQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck, IconUserQuestion } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffRecoveryInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useWaiting } from '@/frame/useWaiting';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import type { Claim } from '@/model';
import { Badge } from '@/ui/Badge';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { ClaimState } from './ClaimState';
import { StateLinks } from './StateLinks';
import { useWait } from './useWait';

const route = getRouteApi('/cabinet/staff/recovery');

/** The reconciliation desk: who asks to be let in without what the letter asks for, the longest waiting first. */
export function ClaimsPage() {
  const t = useT();
  const { state } = route.useSearch();
  const { claims: waiting } = useWaiting();
  const list = useInfiniteQuery({ ...getV1StaffRecoveryInfiniteOptions({ query: { state } }), ...livePages });
  const claims = list.data?.pages.flatMap((page) => page.items);
  const closed = state === 'closed';

  return (
    <>
      <PageHead title={t('frame.claims')} note={t('desk.note')} />
      <StateLinks to="/staff/recovery" closed={closed} open={waiting} />
      <Panel flush>
        {claims && claims.length > 0 && <ClaimTable claims={claims} closed={closed} />}
        {claims?.length === 0 && (
          <Empty icon={<IconUserQuestion />} title={t(closed ? 'desk.noneDecided' : 'desk.none')}>
            {t(closed ? 'desk.noneDecidedNote' : 'desk.noneNote')}
          </Empty>
        )}
        {!claims && (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('desk.loading')} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}

function ClaimTable({ claims, closed }: { claims: Claim[]; closed: boolean }) {
  const t = useT();
  const format = useFormat();
  const wait = useWait();
  return (
    <Table
      label={t('frame.claims')}
      head={
        <>
          <th scope="col">{t('desk.who')}</th>
          <th scope="col">{t('cards.status')}</th>
          <th scope="col">{t('desk.comparison')}</th>
          <th scope="col" className={table.number}>
            {t(closed ? 'desk.decidedAt' : 'desk.waits')}
          </th>
        </>
      }
    >
      {claims.map((claim) => (
        <tr key={claim.id}>
          <td className={table.wide}>
            <Link data-row to="/staff/recovery/$id" params={{ id: claim.id }} className={table.main}>
              {claim.claimed.full_name ?? claim.user.login}
            </Link>
            <div className={table.under}>
              {claim.user.login} · {claim.company?.name ?? t('desk.ofStaff')}
            </div>
          </td>
          <td>
            <ClaimState state={claim.state} />
          </td>
          <td>
            {claim.differences.length > 0 ? (
              <Badge tone="attention" icon={<IconAlertTriangle aria-hidden />}>
                {t('desk.differences', { count: claim.differences.length })}
              </Badge>
            ) : (
              <Badge tone="good" icon={<IconCircleCheck aria-hidden />}>
                {t('desk.allSame')}
              </Badge>
            )}
          </td>
          <td className={table.number} data-name={t(closed ? 'desk.decidedAt' : 'desk.waits')}>
            {claim.closed_by ? format.dateTime(claim.closed_by.at) : wait(claim.filed_at)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
