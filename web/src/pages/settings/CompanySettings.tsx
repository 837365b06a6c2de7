import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { templatesQuery, useTemplateName } from '@/pages/rules/useTemplates';
import { useMay } from '@/session/may';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { DeclineMail } from './DeclineMail';
import classes from './settings.module.css';
import { settingsQuery } from './settingsQuery';
import { Threshold } from './Threshold';

/** What holds for the whole company: its owner changes it, the others see it. */
export function CompanySettings() {
  const t = useT();
  const may = useMay();
  const settings = useQuery(settingsQuery());
  const owner = may('settings');
  return (
    <>
      <Panel title={t('threshold.title')}>
        {settings.data ? (
          <Threshold chosen={settings.data.chosen.low_balance} edition={settings.data.edition} />
        ) : settings.isError ? (
          <Failed error={settings.error} again={() => void settings.refetch()} />
        ) : (
          <Loading words={t('settings.loading')} lines={2} />
        )}
      </Panel>
      {owner ? (
        <DeclineMail />
      ) : (
        settings.data && (
          <Panel title={t('declineMail.title')}>
            <p>{t('exceptions.told', { count: settings.data.chosen.decline_mail.length })}</p>
            <p className="muted">{t('settings.ownerChooses')}</p>
          </Panel>
        )
      )}
      <NewCards />
    </>
  );
}

/** Which rules a new card gets, and where that is chosen. */
function NewCards() {
  const t = useT();
  const name = useTemplateName();
  const { data } = useQuery(templatesQuery());
  const template = data?.find((one) => one.default);
  return (
    <Panel title={t('settings.newCards')}>
      <div className={classes.templates}>
        {template && <p>{t('settings.newCardsGet', { name: name(template) })}</p>}
        <Link to="/cards/templates">{t('settings.toTemplates')}</Link>
      </div>
    </Panel>
  );
}
