import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconUsers } from '@tabler/icons-react';
import { patchV1StaffUsersById, postV1StaffCompaniesByIdUsers, postV1StaffUsersByIdCredentials } from '@/api/sdk.gen';
import { getV1StaffCompaniesByIdUsersOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { useSession } from '@/session/session';
import inset from '@/ui/inset.module.css';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { AddPerson } from '@/ui/trade/people/AddPerson';
import { People } from '@/ui/trade/people/People';
import { PeopleTable } from '@/ui/trade/people/PeopleTable';
import { CLIENT_ROLES, type ClientRole, type NewPerson, type PersonEdit } from '@/ui/trade/people/person';
import { useCompany } from './useCompany';

/** A company's people, whom the staff's admins may help as an owner would. */
export function CompanyPeoplePage() {
  const t = useT();
  const company = useCompany();
  const may = useMay();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(getV1StaffCompaniesByIdUsersOptions({ path: { id: company.id } }));
  const onSettled = () => queryClient.invalidateQueries();
  const add = useMutation({
    mutationFn: (body: NewPerson<ClientRole>) =>
      postV1StaffCompaniesByIdUsers({ path: { id: company.id }, body, throwOnError: true }),
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ id, change }: PersonEdit<ClientRole>) =>
      patchV1StaffUsersById({ path: { id }, body: change, throwOnError: true }),
    onSettled,
  });
  const reissue = useMutation({
    mutationFn: (id: string) => postV1StaffUsersByIdCredentials({ path: { id }, throwOnError: true }),
    onSettled,
  });
  const helps = may('staffUsers');

  return (
    <Panel
      flush
      title={t('frame.users')}
      actions={
        helps && company.status !== 'closed' && <AddPerson kind="client" roles={CLIENT_ROLES} first="viewer" add={add} />
      }
    >
      {data &&
        data.items.length > 0 &&
        (helps ? (
          <People
            label={t('frame.users')}
            people={data.items}
            self={user.id}
            acts={{ kind: 'client', roles: CLIENT_ROLES, edit, reissue, by: 'password' }}
          />
        ) : (
          <PeopleTable label={t('frame.users')} people={data.items} />
        ))}
      {data?.items.length === 0 && <Empty icon={<IconUsers />} title={t('company.noPeople')} />}
      {!data && (
        <div className={inset.inset}>
          {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('company.loadingPeople')} lines={2} />}
        </div>
      )}
    </Panel>
  );
}
