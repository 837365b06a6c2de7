import { Link } from '@tanstack/react-router';
import { Phone } from '@/frame/contacts';
import { useFormat } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import type { Claim } from '@/model';
import { useMay } from '@/session/may';
import { Panel } from '@/ui/Panel';
import company from '@/pages/company/CompanyOverviewPage.module.css';

/** Who claims, of which company, and where to call back. */
export function Claimant({ claim }: { claim: Claim }) {
  const t = useT();
  const maybe = useMaybe();
  const may = useMay();
  const format = useFormat();
  return (
    <Panel title={t('desk.who')}>
      <dl className={company.facts}>
        <div>
          <dt>{t('staff.company')}</dt>
          <dd>
            {claim.company && may('seeCompanies') ? (
              <Link to="/staff/companies/$id" params={{ id: claim.company.id }}>
                {claim.company.name}
              </Link>
            ) : (
              t('desk.ofStaff')
            )}
          </dd>
        </div>
        <div>
          <dt>{t('session.login')}</dt>
          <dd>
            {claim.user.login} · {maybe(`role.${claim.user.role}`) ?? claim.user.role}
          </dd>
        </div>
        {claim.phone && (
          <div>
            <dt>{t('desk.callBack')}</dt>
            <dd>
              <Phone number={claim.phone} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('desk.filedAt')}</dt>
          <dd>{format.dateTime(claim.filed_at)}</dd>
        </div>
      </dl>
    </Panel>
  );
}
