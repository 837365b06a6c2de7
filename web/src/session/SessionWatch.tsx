import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconClockExclamation } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useFormat } from '@/format/useFormat';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';
import classes from '@/frame/banners.module.css';
import { sessionEnded } from './ended';
import { forgetPerson } from './forget';
import { sessionQuery, useSession } from './session';
import { hasUnsaved } from './unsaved';

const fetchWindow = () => import('./SignInWindow').then((module) => ({ default: module.SignInWindow }));
const SignInWindow = lazy(fetchWindow);

const WARN_MS = 5 * 60_000;
const TICK_MS = 10_000;

/**
 * Announces the session's end before it happens and lets the person go on without leaving the page. When it
 * has ended after all, work in a form waits behind a sign-in window; otherwise the sign-in page opens.
 */
export function SessionWatch() {
  const t = useT();
  const format = useFormat();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { expires_at, user } = useSession();
  const ended = sessionEnded.useValue();
  const [now, setNow] = useState(serverClock.now);
  const [asking, setAsking] = useState(false);

  // Fetched long before it is needed: it must open when nothing else can be fetched any more.
  useEffect(() => void fetchWindow(), []);

  useEffect(() => {
    const timer = setInterval(() => {
      setNow(serverClock.now());
      // Only the server ends a session: when the time has come, it is asked.
      if (Date.parse(expires_at) <= serverClock.now()) {
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      }
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [expires_at, queryClient]);

  const left = Date.parse(expires_at) - now;

  useEffect(() => {
    if (!ended) return;
    if (hasUnsaved()) {
      setAsking(true);
      return;
    }
    void router.navigate({ to: '/login', search: { next: router.latestLocation.href } }).then(forgetPerson);
  }, [ended, router]);

  const goOn = () => {
    setAsking(false);
    sessionEnded.set(false);
    setNow(serverClock.now());
    void queryClient.invalidateQueries();
  };

  return (
    <>
      <div role="status">
        {!ended && left < WARN_MS && (
          <div className={classes.banner} data-tone="attention">
            <IconClockExclamation aria-hidden className={classes.icon} />
            <span>{t('session.endsAt', { time: format.time(expires_at) })}</span>
            <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
              {t('session.stay')}
            </Button>
          </div>
        )}
      </div>
      {asking && (
        <Suspense>
          <SignInWindow ended={ended} login={user.login} onClose={() => setAsking(false)} onDone={goOn} />
        </Suspense>
      )}
    </>
  );
}
