import { Link } from '@tanstack/react-router';
import { Phone, useContacts } from '@/frame/contacts';
import { useT } from '@/i18n/message';
import { Desk } from './Desk';
import classes from './RecoveryPage.module.css';

/** How somebody who forgot the password gets in: by the phone, with the papers at hand. */
export function RecoveryPage() {
  const t = useT();
  const { duty } = useContacts();
  return (
    <Desk title={t('recovery.title')}>
      <ol className={classes.steps}>
        <li>
          {t('recovery.call')} <Phone number={duty} />
        </li>
        <li>{t('recovery.prepare')}</li>
        <li>{t('recovery.link')}</li>
      </ol>
      <p className="muted">{t('recovery.owner')}</p>
      <p className={classes.back}>
        <Link to="/login">{t('recovery.back')}</Link>
      </p>
    </Desk>
  );
}
