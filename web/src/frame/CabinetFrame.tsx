import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useT } from '@/i18n/message';
import { SessionWatch } from '@/session/SessionWatch';
import { homeOf, useSession } from '@/session/session';
import { useKey } from '@/ui/keys';
import classes from './CabinetFrame.module.css';
import { DutyPhone } from './contacts';
import { Logo } from './Logo';
import { useSections } from './sections';
import { useWaiting } from './useWaiting';
import { OfflineBanner } from './OfflineBanner';
import { SuspendedBanner } from './SuspendedBanner';
import { PersonMenu } from './PersonMenu';

const Bell = lazy(() => import('./Bell').then((module) => ({ default: module.Bell })));
const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })));

/** The frame of everything behind sign-in: sections at the side, or along the bottom of a phone. */
export function CabinetFrame() {
  const t = useT();
  const session = useSession();
  const sections = useSections();
  const counts = useWaiting();
  const [palette, setPalette] = useState<'never' | 'open' | 'closed'>('never');
  const openPalette = useCallback(() => setPalette('open'), []);
  useKey({ code: 'KeyK', mod: true }, openPalette);

  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {t('frame.skip')}
      </a>
      <aside className={classes.side}>
        <div className={classes.top}>
          <Link to={homeOf(session)} className={classes.home} aria-label={t('frame.brand')}>
            <Logo />
          </Link>
          <div className={classes.own}>
            <div className={classes.bell}>
              <Suspense>
                <Bell />
              </Suspense>
            </div>
            <div className={classes.phoneMenu}>
              <PersonMenu compact />
            </div>
          </div>
        </div>
        <UnstyledButton className={classes.find} onClick={openPalette}>
          <IconSearch aria-hidden />
          <span>{t('frame.find')}</span>
          <kbd>Ctrl K</kbd>
        </UnstyledButton>
        <nav className={classes.nav} aria-label={t('frame.sections')}>
          {sections.map(({ to, label, Icon, spare, waiting, waits }) => (
            <Link key={to} to={to} className={classes.link} data-spare={spare} activeProps={{ 'data-active': true }}>
              <Icon aria-hidden />
              <span>{label}</span>
              {waiting && counts[waiting] && (
                <span className={classes.count}>
                  <VisuallyHidden>{waits} </VisuallyHidden>
                  {counts[waiting]}
                </span>
              )}
            </Link>
          ))}
        </nav>
        <div className={classes.bottom}>
          <DutyPhone />
          <PersonMenu />
        </div>
      </aside>
      <div className={classes.column}>
        <OfflineBanner />
        <SessionWatch />
        <SuspendedBanner />
        <main id="content" className={classes.main}>
          <Outlet />
        </main>
        <footer className={classes.phoneFoot}>
          <DutyPhone />
        </footer>
      </div>
      {palette !== 'never' && (
        <Suspense>
          <Palette opened={palette === 'open'} close={() => setPalette('closed')} />
        </Suspense>
      )}
    </div>
  );
}
