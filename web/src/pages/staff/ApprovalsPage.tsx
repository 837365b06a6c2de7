import { useInfiniteQuery } from '@tanstack/react-query';
import { IconChecklist } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1StaffApprovalsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { useWaiting } from '@/frame/useWaiting';
import { Approval } from './Approval';
import classes from './ApprovalsPage.module.css';
import { StateLinks } from './StateLinks';

const route = getRouteApi('/cabinet/staff/approvals');

/** What one person asked for and another decides. */
export function ApprovalsPage() {
  const t = useT();
  const may = useMay();
  const { state } = route.useSearch();
  const { approvals: waiting } = useWaiting();
  const list = useInfiniteQuery({ ...getV1StaffApprovalsInfiniteOptions({ query: { state } }), ...livePages });
  const approvals = list.data?.pages.flatMap((page) => page.items);
  const closed = state === 'closed';

  return (
    <>
      <PageHead title={t('frame.approvals')} note={t('approvals.note')} />
      <StateLinks to="/staff/approvals" closed={closed} open={waiting} />
      {!may('approve') && !closed && approvals && approvals.length > 0 && (
        <div className={classes.note}>
          <Note>{t('approvals.byAdmin')}</Note>
        </div>
      )}
      <Panel flush>
        {approvals && approvals.length > 0 && (
          <ul className={classes.list}>
            {approvals.map((approval) => (
              <Approval key={approval.id} approval={approval} />
            ))}
          </ul>
        )}
        {approvals?.length === 0 && (
          <Empty icon={<IconChecklist />} title={t(closed ? 'desk.noneDecided' : 'approvals.none')}>
            {t('approvals.noneNote')}
          </Empty>
        )}
        {!approvals && (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('approvals.loading')} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}
