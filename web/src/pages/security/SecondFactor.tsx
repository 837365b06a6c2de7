import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import { Badge } from '@/ui/Badge';
import { Panel } from '@/ui/Panel';
import { Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { DisableSecondFactor } from './DisableSecondFactor';
import classes from './SecurityPage.module.css';

const Enrol = lazy(() => import('@/session/EnrolSecondFactor').then((module) => ({ default: module.EnrolSecondFactor })));

/** Whether a code is asked for besides the password, and the way to change that. */
export function SecondFactor() {
  const t = useT();
  const { totp } = useSession();
  const [enrolling, setEnrolling] = useState(false);
  const done = () => {
    setEnrolling(false);
    toastDone(t('totp.enabled'));
  };
  const state = totp.enabled ? (
    <Badge tone="good" icon={<IconShieldCheck aria-hidden />}>
      {t('totp.on')}
    </Badge>
  ) : (
    <Badge tone="quiet" icon={<IconShieldOff aria-hidden />}>
      {t('totp.off')}
    </Badge>
  );

  return (
    <Panel title={t('totp.title')} actions={state}>
      {enrolling ? (
        <Suspense fallback={<Loading words={t('totp.preparing')} />}>
          <Enrol onDone={done} onCancel={() => setEnrolling(false)} />
        </Suspense>
      ) : (
        <>
          <p className={`muted ${classes.note}`}>
            {t(totp.enabled ? 'totp.onNote' : 'totp.what')} {totp.enabled && totp.required && t('totp.obligatory')}
          </p>
          {!totp.enabled && <Button onClick={() => setEnrolling(true)}>{t('totp.enable')}</Button>}
          {totp.enabled && !totp.required && <DisableSecondFactor />}
        </>
      )}
    </Panel>
  );
}
