import { useT } from '@/i18n/message';
import { ChangePasswordForm } from '@/session/ChangePasswordForm';
import { useSession } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';
import classes from './SecurityPage.module.css';

export function SecurityPage() {
  const t = useT();
  const { user } = useSession();
  return (
    <>
      <PageHead title={t('frame.security')} note={t('security.who', { name: user.full_name, login: user.login })} />
      <div className={classes.grid}>
        <Sessions />
        <div className={classes.side}>
          <SecondFactor />
          <Panel title={t('session.changePassword')}>
            <p className={`muted ${classes.note}`}>{t('security.passwordNote')}</p>
            <ChangePasswordForm
              currentLabel={t('security.currentPassword')}
              onDone={() => toastDone(t('session.passwordChanged'))}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}
