import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getV1SettingsOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import classes from './exceptions.module.css';

/** To how many people a decline is mailed. */
export function Told() {
  const t = useT();
  const may = useMay();
  const { data } = useQuery(getV1SettingsOptions());
  if (!data) return null;
  return (
    <p className={classes.told}>
      {t('exceptions.told', { count: data.decline_mail.length })}{' '}
      {may('manageUsers') && <Link to="/settings">{t('exceptions.choose')}</Link>}
    </p>
  );
}
