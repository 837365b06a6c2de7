import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { getV1StaffDisputesByIdOptions } from '@/api/@tanstack/react-query.gen';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import back from '@/pages/card/CardPage.module.css';
import { DisputeState } from '@/pages/disputes/DisputeState';
import { Evidence } from '@/pages/disputes/Evidence';
import { Said } from '@/pages/disputes/Said';
import { OfCompany } from '@/source/desk';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { DecideDispute } from './DecideDispute';

const route = getRouteApi('/cabinet/staff/disputes/$id');

/** A dispute at the desk: what the company says beside what was known, and the decision. */
export function StaffDisputePage() {
  const t = useT();
  const { id } = route.useParams();
  const { data: dispute, error, refetch } = useQuery({ ...getV1StaffDisputesByIdOptions({ path: { id } }), refetchInterval: LIVE_MS });
  const toDisputes = (
    <Link to="/staff/disputes" className={back.back}>
      <IconArrowLeft size={16} aria-hidden /> {t('frame.disputes')}
    </Link>
  );
  if (!dispute) {
    return (
      <>
        <PageHead title={t('frame.disputes')} back={toDisputes} />
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('disputes.loadingOne')} />}</Panel>
      </>
    );
  }
  const { company } = dispute;
  const facts: [string, ReactNode][] = [
    [
      t('queue.company'),
      <Link key="company" to="/staff/companies/$id" params={{ id: company.id }}>
        {company.name}
      </Link>,
    ],
  ];
  return (
    <OfCompany id={company.id}>
      <PageHead title={t('disputes.title', { number: dispute.number })} back={toDisputes} note={<DisputeState state={dispute.state} />} />
      <div className={back.main}>
        <Said dispute={dispute} facts={facts}>
          {dispute.state === 'open' && <DecideDispute dispute={dispute} />}
        </Said>
        <Evidence dispute={dispute} />
      </div>
    </OfCompany>
  );
}
