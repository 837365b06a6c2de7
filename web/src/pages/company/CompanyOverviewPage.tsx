import { useQuery } from '@tanstack/react-query';
import { IconGasStation } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { useMaybe, useT } from '@/i18n/message';
import type { Company } from '@/model';
import { Attention } from '@/pages/overview/Attention';
import { Money } from '@/pages/overview/Money';
import overview from '@/pages/overview/OverviewPage.module.css';
import { CreditButton } from '@/pages/staff/CreditButton';
import { EditCompanyButton } from '@/pages/staff/EditCompanyButton';
import { PendingApprovals } from '@/pages/staff/PendingApprovals';
import { useMay } from '@/session/may';
import { useSource } from '@/source/source';
import { CopyText } from '@/ui/CopyText';
import inset from '@/ui/inset.module.css';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { EntryTable } from '@/ui/trade/EntryTable';
import classes from './CompanyOverviewPage.module.css';
import { useCompany } from './useCompany';

const RECENT = 8;

/** What the client's own overview says, beside what is on file. */
export function CompanyOverviewPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const company = useCompany();
  const source = useSource();
  const navigate = useNavigate();
  const balance = useQuery({ ...source.balance(), refetchInterval: LIVE_MS });
  const recent = useQuery({ ...source.history({ limit: RECENT }), refetchInterval: LIVE_MS });

  return (
    <>
      <PendingApprovals company={company.id} />
      <div className={overview.grid}>
        <div className={overview.wide}>
          {balance.data ? (
            <Money
              balance={balance.data}
              actions={may('ask') && company.status !== 'closed' && <CreditButton company={company} balance={balance.data} />}
            />
          ) : balance.isError ? (
            <Failed error={balance.error} again={() => void balance.refetch()} />
          ) : (
            <Panel>
              <Loading words={t('overview.loadingMoney')} />
            </Panel>
          )}
        </div>
        <div className={`${overview.side} ${classes.side}`}>
          {balance.data && <Attention today={format.calendarDate(balance.data.as_of)} />}
          <Facts company={company} />
        </div>
        <div className={overview.wide}>
          <Panel flush title={t('overview.recent')} actions={<Link {...source.reading.toHistory()}>{t('overview.allHistory')}</Link>}>
            {recent.data?.items.length === 0 && (
              <Empty icon={<IconGasStation />} title={t('overview.noOperations')}>
                {t('staff.noOperationsNote')}
              </Empty>
            )}
            {recent.data && recent.data.items.length > 0 && (
              <EntryTable
                compact
                entries={recent.data.items}
                onOpen={(entry) => void navigate(source.reading.toHistory({ entry }))}
              />
            )}
            {!recent.data && (
              <div className={inset.inset}>
                {recent.isError ? (
                  <Failed error={recent.error} again={() => void recent.refetch()} />
                ) : (
                  <Loading words={t('history.loading')} />
                )}
              </div>
            )}
          </Panel>
        </div>
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
    [t('company.since'), format.date(company.created_at)],
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
