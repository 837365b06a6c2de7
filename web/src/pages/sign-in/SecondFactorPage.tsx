import { useNavigate } from '@tanstack/react-router';
import { queryClient } from '@/http/setup';
import { useT } from '@/i18n/message';
import { EnrolSecondFactor } from '@/session/EnrolSecondFactor';
import { homeOf, sessionQuery } from '@/session/session';
import { toastDone } from '@/ui/toast';
import { Desk } from './Desk';
import classes from './LoginPage.module.css';

/** Where the second factor is obligatory, this page is all that opens until there is one. */
export function SecondFactorPage() {
  const t = useT();
  const navigate = useNavigate();
  const done = async () => {
    toastDone(t('totp.enabled'));
    const fresh = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await navigate({ to: homeOf(fresh), ignoreBlocker: true });
  };
  return (
    <Desk title={t('totp.setupTitle')}>
      <p className={`muted ${classes.already}`}>{t('totp.setupNote')}</p>
      <EnrolSecondFactor onDone={() => void done()} />
    </Desk>
  );
}
