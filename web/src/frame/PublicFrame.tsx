import { Outlet } from '@tanstack/react-router';
import { useSiteHome } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { OfflineBanner } from './OfflineBanner';
import { DutyPhone } from './contacts';
import { Logo } from './Logo';
import { Preferences } from './preferences';
import classes from './PublicFrame.module.css';

/** The frame of the pages that need no sign-in. */
export function PublicFrame() {
  const t = useT();
  const siteHome = useSiteHome();
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {t('frame.skip')}
      </a>
      <OfflineBanner />
      <header className={classes.head}>
        <a href={siteHome} className={classes.home} aria-label={t('frame.homeLabel')}>
          <Logo />
        </a>
        <div className={classes.tools}>
          <Preferences />
        </div>
      </header>
      <main id="content" className={classes.main}>
        <Outlet />
      </main>
      <footer className={classes.foot}>
        <span>{t('frame.legalName')}</span>
        <DutyPhone />
      </footer>
    </div>
  );
}
