import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft, IconListDetails } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffCompaniesByIdBalanceOptions, getV1StaffCompaniesByIdOptions } from '@/api/@tanstack/react-query.gen';
import { isNegative, isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { useMaybe, useT } from '@/i18n/message';
import type { Balance, Company } from '@/model';
import back from '@/pages/card/CardPage.module.css';
import { useMay } from '@/session/may';
import { CopyText } from '@/ui/CopyText';
import { Figure } from '@/ui/Figure';
import { LinkButton } from '@/ui/LinkButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { CloseButton } from './CloseButton';
import { CompanyCards } from './CompanyCards';
import { CompanyHistory } from './CompanyHistory';
import classes from './CompanyPage.module.css';
import { CompanyPeople } from './CompanyPeople';
import { CompanyStatus } from './CompanyStatus';
import { CreditButton } from './CreditButton';
import { EditCompanyButton } from './EditCompanyButton';
import { PaymentButton } from './PaymentButton';
import { PendingApprovals } from './PendingApprovals';
import { SuspendButton } from './SuspendButton';

const route = getRouteApi('/cabinet/staff/companies/$id');

/** A company as the desk sees it: money, cards, operations, and what staff may do. */
export function CompanyPage() {
  const t = useT();
  const may = useMay();
  const { id } = route.useParams();
  const company = useQuery(getV1StaffCompaniesByIdOptions({ path: { id } }));
  const balance = useQuery({ ...getV1StaffCompaniesByIdBalanceOptions({ path: { id } }), refetchInterval: LIVE_MS });
  const toCompanies = (
    <Link to="/staff/companies" className={back.back}>
      <IconArrowLeft size={16} aria-hidden /> {t('frame.companies')}
    </Link>
  );

  if (!company.data) {
    return (
      <>
        <PageHead title={t('staff.company')} back={toCompanies} />
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
    <>
      <PageHead
        title={company.data.name}
        back={toCompanies}
        note={<CompanyStatus status={company.data.status} />}
        actions={
          <>
            {may('takePayments') && <PaymentButton company={company.data} />}
            {may('provision') && <SuspendButton company={company.data} />}
            {may('ask') && company.data.status !== 'closed' && <CloseButton company={company.data} />}
            <LinkButton
              to="/staff/companies/$id/journal"
              params={{ id }}
              variant="default"
              leftSection={<IconListDetails size={18} />}
            >
              {t('frame.journal')}
            </LinkButton>
          </>
        }
      />
      <div className={classes.grid}>
        <div className={classes.main}>
          <PendingApprovals company={id} />
          <Panel
            title={t('company.money')}
            actions={
              balance.data &&
              may('ask') &&
              company.data.status !== 'closed' && <CreditButton company={company.data} balance={balance.data} />
            }
          >
            {balance.data ? (
              <Figures balance={balance.data} />
            ) : balance.isError ? (
              <Failed error={balance.error} again={() => void balance.refetch()} />
            ) : (
              <Loading words={t('overview.loadingMoney')} />
            )}
          </Panel>
          <CompanyCards company={company.data} />
          <CompanyPeople company={company.data} />
          <CompanyHistory id={id} />
        </div>
        <Facts company={company.data} />
      </div>
    </>
  );
}

function Figures({ balance }: { balance: Balance }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Figure
        size="large"
        label={t('overview.available')}
        value={format.roubles(balance.available)}
        tone={isNegative(balance.available) || isZero(balance.available) ? 'refused' : 'plain'}
      />
      <div className={classes.figures}>
        <Figure label={t('overview.balance')} value={format.roubles(balance.balance)} tone={isNegative(balance.balance) ? 'refused' : 'plain'} />
        <Figure label={t('overview.held')} value={format.roubles(balance.held)} />
        <Figure label={t('overview.credit')} value={format.roubles(balance.credit_limit)} />
        <Figure label={t('overview.spentMonth')} value={format.roubles(balance.spent_this_month)} />
      </div>
    </>
  );
}

function Facts({ company }: { company: Company }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const maybe = useMaybe();
  const facts: [string, string | null | undefined][] = [
    [t('staff.inn'), company.inn],
    [t('staff.kpp'), company.kpp],
    [t('staff.contract'), t('handOver.contract', { number: company.contract_number, date: format.date(company.contract_date) })],
    [t('staff.fullName'), company.contact.full_name],
    [t('staff.phone'), company.contact.phone],
    [t('staff.email'), company.contact.email],
    [t('staff.timeZone'), maybe(`zone.${company.time_zone}`) ?? company.time_zone],
  ];
  return (
    <Panel
      title={t('staff.onFile')}
      actions={may('ask') && company.status !== 'closed' && <EditCompanyButton company={company} />}
    >
      <dl className={classes.facts}>
        {facts
          .filter((fact): fact is [string, string] => Boolean(fact[1]))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {value} {name === t('staff.inn') && <CopyText value={value} label={t('handOver.copy', { name })} />}
              </dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}
