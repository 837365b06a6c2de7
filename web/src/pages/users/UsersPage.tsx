import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getV1UsersInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { patchV1UsersById, postV1Users, postV1UsersByIdCredentials } from '@/api/sdk.gen';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { AddPerson } from '@/ui/trade/people/AddPerson';
import { People } from '@/ui/trade/people/People';
import { CLIENT_ROLES, type ClientRole, type NewPerson, type PersonEdit } from '@/ui/trade/people/person';
import { Roles } from './Roles';
import classes from './UsersPage.module.css';

const PEOPLE_READ = 100;

/** Who may open the company's cabinet; the owner's page. */
export function UsersPage() {
  const t = useT();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery({
    ...getV1UsersInfiniteOptions({ query: { limit: PEOPLE_READ } }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const people = list.data?.pages.flatMap((page) => page.items);
  const onSettled = () => queryClient.invalidateQueries();
  const add = useMutation({
    mutationFn: (body: NewPerson<ClientRole>) => postV1Users({ body, throwOnError: true }),
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ id, change }: PersonEdit<ClientRole>) =>
      patchV1UsersById({ path: { id }, body: change, throwOnError: true }),
    onSettled,
  });
  const reissue = useMutation({
    mutationFn: (id: string) => postV1UsersByIdCredentials({ path: { id }, body: {}, throwOnError: true }),
    onSettled,
  });

  return (
    <>
      <PageHead
        title={t('frame.users')}
        note={t('people.usersNote')}
        actions={<AddPerson kind="client" roles={CLIENT_ROLES} first="viewer" add={add} primary />}
      />
      <div className={classes.page}>
        <Panel flush>
          {people ? (
            <People
              label={t('frame.users')}
              people={people}
              self={user.id}
              acts={{ kind: 'client', roles: CLIENT_ROLES, edit, reissue, by: 'link' }}
            />
          ) : (
            <div className={inset.inset}>
              {list.isError ? (
                <Failed error={list.error} again={() => void list.refetch()} />
              ) : (
                <Loading words={t('people.loadingUsers')} />
              )}
            </div>
          )}
          <MoreButton list={list} />
        </Panel>
        <Roles />
      </div>
    </>
  );
}
