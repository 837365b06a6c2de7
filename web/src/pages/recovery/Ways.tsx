import { Link } from '@tanstack/react-router';
import { DutyPhone } from '@/frame/contacts';
import { useT } from '@/i18n/message';
import classes from './recovery.module.css';

/** The other ways in, under each form of the recovery. */
export function Ways({ claim = true }: { claim?: boolean }) {
  const t = useT();
  return (
    <div className={classes.ways}>
      <Link to="/login">{t('recovery.back')}</Link>
      {claim && <Link to="/recovery/claim">{t('signIn.noMailbox')}</Link>}
      <DutyPhone />
    </div>
  );
}
