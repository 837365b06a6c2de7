import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { DutyPhone } from '@/frame/contacts';
import { forgetPerson } from '@/session/forget';
import { useT } from '@/i18n/message';
import { homeOf, pending, safeNext, sessionQuery, type Session } from '@/session/session';
import { SignInForm } from '@/session/SignInForm';
import { queryClient } from '@/http/setup';
import { Note } from '@/ui/Note';
import { Desk } from './Desk';
import classes from './LoginPage.module.css';

const route = getRouteApi('/open/login');

export function LoginPage() {
  const t = useT();
  const { next } = route.useSearch();
  const navigate = useNavigate();
  // Somebody already signed in is offered the way on; the form stays for anybody else.
  const { data: already } = useQuery({ ...sessionQuery, enabled: false });

  const enter = (session: Session) => {
    const [first, back] = [pending(session), safeNext(next)];
    const goal = first && back ? `${first}?${new URLSearchParams({ next: back }).toString()}` : (first ?? back ?? homeOf(session));
    forgetPerson();
    queryClient.setQueryData(sessionQuery.queryKey, session);
    void navigate({ href: goal });
  };

  return (
    <Desk title={t('signIn.title')}>
      {already ? (
        <p className={classes.already}>
          {t('signIn.already', { name: already.user.full_name })}{' '}
          <Link to={homeOf(already)}>{t('signIn.toCabinet')}</Link>
        </p>
      ) : (
        next && (
          <div className={classes.already}>
            <Note>{t('signIn.needed')}</Note>
          </div>
        )
      )}
      <SignInForm
        onDone={enter}
        under={
          <div className={classes.under}>
            <Link to="/recovery">{t('signIn.forgot')}</Link>
            <Link to="/recovery/claim">{t('signIn.noMailbox')}</Link>
            <DutyPhone />
          </div>
        }
      />
    </Desk>
  );
}
