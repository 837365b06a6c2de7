import { useQuery } from '@tanstack/react-query';
import { getV1PreferencesOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { CompanySettings } from './CompanySettings';
import { LanguageChoice } from './LanguageChoice';
import { MailReturned } from './MailReturned';
import { NoticeChoices } from './NoticeChoices';
import classes from './settings.module.css';

/** What a person chose for themselves, and, in a company, what the company chose. */
export function SettingsPage() {
  const t = useT();
  const { user } = useSession();
  const { data, error, refetch } = useQuery(getV1PreferencesOptions());
  return (
    <>
      <PageHead title={t('frame.settings')} note={t('settings.note')} />
      <div className={classes.grid}>
        <div className={classes.column}>
          <Panel title={t('settings.notices')}>
            {data ? (
              <>
                {data.mail_returned && data.email && <MailReturned email={data.email} />}
                <NoticeChoices own={data} />
              </>
            ) : error ? (
              <Failed error={error} again={() => void refetch()} />
            ) : (
              <Loading words={t('settings.loading')} lines={8} />
            )}
          </Panel>
        </div>
        <div className={classes.column}>
          <LanguageChoice />
          {user.kind === 'client' && <CompanySettings />}
        </div>
      </div>
    </>
  );
}
