import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getV1BalanceOptions } from '@/api/@tanstack/react-query.gen';
import { isNegative } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { useSession } from '@/session/session';
import classes from './banners.module.css';
import { Phone, useContacts } from './contacts';

/** A suspended company's people may look and not change: says why, how much is owed, by what to pay and whom to call. */
export function SuspendedBanner() {
  const session = useSession();
  return session.company && session.company.status !== 'active' ? <Banner closed={session.company.status === 'closed'} /> : null;
}

function Banner({ closed }: { closed: boolean }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { accounting } = useContacts();
  const { data } = useQuery(getV1BalanceOptions());
  const debt = data && isNegative(data.balance) ? data.balance.slice(1) : null;
  return (
    <div className={classes.banner} data-tone="refused" role="status">
      <IconAlertTriangle aria-hidden className={classes.icon} />
      <span>
        <strong>{t(closed ? 'frame.closedCompany' : 'frame.suspendedCompany')}</strong>{' '}
        {debt && t('frame.debt', { amount: format.roubles(debt) })}{' '}
        {debt && may('papers') && (
          <>
            <Link to="/invoices" search={{ amount: debt }}>{t('frame.invoiceFor')}</Link>.{' '}
          </>
        )}
        {t('frame.callAccounting')}{' '}
        <Phone number={accounting} />
      </span>
    </div>
  );
}
