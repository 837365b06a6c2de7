import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffDisputesByIdOptions } from '@/api/@tanstack/react-query.gen';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import { DisputeView } from '@/pages/disputes/DisputeView';
import { OfCompany } from '@/source/desk';
import { BackLink } from '@/ui/BackLink';
import { DecideDispute } from './DecideDispute';

const route = getRouteApi('/cabinet/staff/disputes/$id');

/** A dispute at the desk: what the company says beside what was known, and the decision. */
export function StaffDisputePage() {
  const t = useT();
  const { id } = route.useParams();
  const { data: dispute, error, refetch } = useQuery({ ...getV1StaffDisputesByIdOptions({ path: { id } }), refetchInterval: LIVE_MS });
  const view = { error, again: () => void refetch(), back: <BackLink to="/staff/disputes">{t('frame.disputes')}</BackLink> };
  if (!dispute) return <DisputeView dispute={undefined} {...view}>{null}</DisputeView>;
  const { company } = dispute;
  const link = (
    <Link to="/staff/companies/$id" params={{ id: company.id }}>
      {company.name}
    </Link>
  );
  return (
    <OfCompany id={company.id}>
      <DisputeView dispute={dispute} {...view} facts={[[t('queue.company'), link]]}>
        <DecideDispute dispute={dispute} />
      </DisputeView>
    </OfCompany>
  );
}
