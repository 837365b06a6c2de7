import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { getRouteApi, Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { getV1StaffCompaniesByIdOptions } from '@/api/@tanstack/react-query.gen';
import { isNegative } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { Company } from '@/model';
import { CloseButton } from '@/pages/staff/CloseButton';
import { CompanyStatus } from '@/pages/staff/CompanyStatus';
import { PaymentButton } from '@/pages/staff/PaymentButton';
import { SuspendButton } from '@/pages/staff/SuspendButton';
import { useMay } from '@/session/may';
import { OfCompany } from '@/source/desk';
import { useSource } from '@/source/source';
import { BackLink } from '@/ui/BackLink';
import { Badge } from '@/ui/Badge';
import { CopyText } from '@/ui/CopyText';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import classes from './CompanyFrame.module.css';

const route = getRouteApi('/cabinet/staff/companies/$id');

/** A company at the desk: who it is and what staff may do, above the pages that its client sees too. */
export function CompanyFrame() {
  const t = useT();
  const { id } = route.useParams();
  const company = useQuery(getV1StaffCompaniesByIdOptions({ path: { id } }));

  if (!company.data) {
    return (
      <>
        <PageHead title={t('staff.company')} back={<ToCompanies />} />
        <Panel>
          {company.isError ? (
            <Failed error={company.error} again={() => void company.refetch()} />
          ) : (
            <Loading words={t('staff.loadingCompany')} />
          )}
        </Panel>
      </>
    );
  }
  return (
    <OfCompany id={id}>
      <Head company={company.data} />
      <Tabs id={id} />
      <Outlet />
    </OfCompany>
  );
}

function ToCompanies() {
  const t = useT();
  return <BackLink to="/staff/companies">{t('frame.companies')}</BackLink>;
}

function Head({ company }: { company: Company }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { data: balance } = useQuery({ ...useSource().balance(), refetchInterval: LIVE_MS });
  const debt = balance && isNegative(balance.balance) ? balance.balance.slice(1) : null;
  return (
    <PageHead
      title={company.name}
      back={<ToCompanies />}
      note={
        <div className={page.facts}>
          <CompanyStatus status={company.status} />
          {debt && (
            <Badge tone="refused" icon={<IconAlertTriangle aria-hidden />}>
              {t('company.debt', { amount: format.roubles(debt) })}
            </Badge>
          )}
          <span className={page.number}>
            {t('staff.innValue', { inn: company.inn })}
            <CopyText value={company.inn} label={t('handOver.copy', { name: t('staff.inn') })} />
          </span>
          <span>{t('company.contract', { number: company.contract_number })}</span>
        </div>
      }
      actions={
        <>
          {may('takePayments') && company.status !== 'closed' && <PaymentButton company={company} />}
          {may('provision') && <SuspendButton company={company} />}
          {may('ask') && company.status !== 'closed' && <CloseButton company={company} />}
        </>
      }
    />
  );
}

/** The company's pages, each with an address of its own. */
function Tabs({ id }: { id: string }) {
  const t = useT();
  const tabs = [
    { to: '/staff/companies/$id', label: t('frame.overview') },
    { to: '/staff/companies/$id/cards', label: t('frame.cards') },
    { to: '/staff/companies/$id/budget', label: t('frame.budget') },
    { to: '/staff/companies/$id/exceptions', label: t('frame.exceptions') },
    { to: '/staff/companies/$id/history', label: t('frame.history') },
    { to: '/staff/companies/$id/documents', label: t('frame.documents') },
    { to: '/staff/companies/$id/tickets', label: t('frame.staffTickets') },
    { to: '/staff/companies/$id/people', label: t('frame.users') },
    { to: '/staff/companies/$id/journal', label: t('frame.journal') },
  ] as const;
  // Of more than a phone shows at once, the one that is open is in sight.
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    nav.current?.querySelector(`[href="${pathname}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className={classes.bar}>
      <nav ref={nav} className={classes.tabs} aria-label={t('company.pages')}>
        {tabs.map(({ to, label }, place) => (
          <Link key={to} to={to} params={{ id }} className={classes.tab} activeOptions={{ exact: place === 0, includeSearch: false }}>
            {label}
          </Link>
        ))}
      </nav>
      <span className={classes.seen}>
        <IconEye aria-hidden size={16} /> {t('company.asClient')}
      </span>
    </div>
  );
}
