import {
  IconBuilding, IconCreditCard, IconGasStation, IconHistory, IconHome, IconShieldLock, type TablerIcon,
} from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { may } from '@/session/may';
import { useSession } from '@/session/session';

export interface Section {
  to: '/overview' | '/cards' | '/history' | '/security' | '/staff/companies' | '/staff/stations';
  label: string;
  Icon: TablerIcon;
}

/** The sections this person has. */
export function useSections(): Section[] {
  const t = useT();
  const session = useSession();
  const security: Section = { to: '/security', label: t('frame.security'), Icon: IconShieldLock };
  if (session.user.kind === 'client') {
    return [
      { to: '/overview', label: t('frame.overview'), Icon: IconHome },
      { to: '/cards', label: t('frame.cards'), Icon: IconCreditCard },
      { to: '/history', label: t('frame.history'), Icon: IconHistory },
      security,
    ];
  }
  const stations: Section = { to: '/staff/stations', label: t('frame.stations'), Icon: IconGasStation };
  return may(session, 'seeCompanies')
    ? [{ to: '/staff/companies', label: t('frame.companies'), Icon: IconBuilding }, stations, security]
    : [stations, security];
}
