import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { queryClient } from '@/http/setup';
import { useT } from '@/i18n/message';
import { ChangePasswordForm } from '@/session/ChangePasswordForm';
import { homeOf, pending, safeNext, sessionQuery } from '@/session/session';
import { toastDone } from '@/ui/toast';
import { Desk } from './Desk';
import classes from './LoginPage.module.css';

const route = getRouteApi('/open/password');

/** A one-time password opens only this page, until it is replaced. */
export function PasswordPage() {
  const t = useT();
  const navigate = useNavigate();
  const { next } = route.useSearch();
  const done = async () => {
    toastDone(t('session.passwordChanged'));
    try {
      const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate({ href: pending(session) ?? safeNext(next) ?? homeOf(session) });
    } catch {
      // The session did not outlive the old password: sign in with the new one.
      await navigate({ to: '/login', search: { next } });
    }
  };
  return (
    <Desk title={t('oneTime.title')}>
      <p className={`muted ${classes.already}`}>{t('oneTime.note')}</p>
      <ChangePasswordForm currentLabel={t('oneTime.current')} onDone={() => void done()} />
    </Desk>
  );
}
