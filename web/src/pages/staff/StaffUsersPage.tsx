import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  deleteV1StaffStaffUsersByIdTotp, patchV1StaffStaffUsersById, postV1StaffStaffUsers, postV1StaffStaffUsersByIdCredentials,
} from '@/api/sdk.gen';
import { getV1StaffStaffUsersInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { AddPerson } from '@/ui/trade/people/AddPerson';
import { People } from '@/ui/trade/people/People';
import { STAFF_ROLES, type NewPerson, type PersonEdit, type StaffRole } from '@/ui/trade/people/person';

const PAGE = 100;

/** OKTAN's own people: who may come in, and as what. */
export function StaffUsersPage() {
  const t = useT();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery({
    ...getV1StaffStaffUsersInfiniteOptions({ query: { limit: PAGE } }),
    ...livePages,
    refetchInterval: false,
  });
  const people = list.data?.pages.flatMap((page) => page.items);
  const onSettled = () => queryClient.invalidateQueries();
  const add = useMutation({
    mutationFn: (body: NewPerson<StaffRole>) => postV1StaffStaffUsers({ body, throwOnError: true }),
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ id, change }: PersonEdit<StaffRole>) =>
      patchV1StaffStaffUsersById({ path: { id }, body: change, throwOnError: true }),
    onSettled,
  });
  const reissue = useMutation({
    mutationFn: (id: string) => postV1StaffStaffUsersByIdCredentials({ path: { id }, throwOnError: true }),
    onSettled,
  });
  const resetTotp = useMutation({
    mutationFn: (id: string) => deleteV1StaffStaffUsersByIdTotp({ path: { id }, throwOnError: true }),
    onSettled,
  });

  return (
    <>
      <PageHead
        title={t('frame.staffUsers')}
        note={t('staffUsers.note')}
        actions={<AddPerson kind="staff" roles={STAFF_ROLES} first="operator" add={add} primary />}
      />
      <Panel flush>
        {people ? (
          <People
            label={t('frame.staffUsers')}
            people={people}
            self={user.id}
            acts={{ kind: 'staff', roles: STAFF_ROLES, edit, reissue, by: 'link', resetTotp }}
          />
        ) : (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('staffUsers.loading')} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}
