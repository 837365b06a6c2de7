import {
  IconBuilding, IconCashBanknote, IconChartBar, IconChartPie, IconChecklist, IconCreditCard, IconGasStation, IconHandStop, IconHistory,
  IconHome, IconListDetails, IconMail, IconNews, IconSettings, IconShieldLock,
  IconUserQuestion, IconUsers, type TablerIcon,
} from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { may } from '@/session/may';
import { useSession } from '@/session/session';

export interface Section {
  to: '/overview' | '/cards' | '/budget' | '/exceptions' | '/history' | '/reports/spending' | '/journal' | '/company/profile' | '/users'
    | '/settings' | '/security'
    | '/staff/companies' | '/staff/stations'
    | '/staff/recovery' | '/staff/approvals' | '/staff/payments' | '/staff/journal' | '/staff/users' | '/staff/news' | '/staff/messages';
  label: string;
  Icon: TablerIcon;
  /** On a phone it stands in the person's menu: the bar along the bottom has room for four. */
  spare?: boolean;
  /** What of it may wait for this person's decision. */
  waiting?: 'claims' | 'approvals';
}

/** The sections this person has. */
export function useSections(): Section[] {
  const t = useT();
  const session = useSession();
  const security: Section = { to: '/security', label: t('frame.security'), Icon: IconShieldLock };
  const settings: Section = { to: '/settings', label: t('frame.settings'), Icon: IconSettings, spare: true };
  if (session.user.kind === 'client') {
    return [
      { to: '/overview', label: t('frame.overview'), Icon: IconHome },
      { to: '/cards', label: t('frame.cards'), Icon: IconCreditCard },
      { to: '/budget', label: t('frame.budget'), Icon: IconChartPie, spare: true },
      { to: '/exceptions', label: t('frame.exceptions'), Icon: IconHandStop, spare: true },
      { to: '/history', label: t('frame.history'), Icon: IconHistory },
      { to: '/reports/spending', label: t('frame.spending'), Icon: IconChartBar, spare: true },
      { to: '/journal', label: t('frame.journal'), Icon: IconListDetails, spare: true },
      { to: '/company/profile', label: t('frame.profile'), Icon: IconBuilding, spare: true },
      ...(may(session, 'manageUsers')
        ? [{ to: '/users' as const, label: t('frame.users'), Icon: IconUsers, spare: true }]
        : []),
      settings,
      security,
    ];
  }
  const stations: Section = { to: '/staff/stations', label: t('frame.stations'), Icon: IconGasStation };
  const news: Section = { to: '/staff/news', label: t('frame.news'), Icon: IconNews, spare: may(session, 'seeCompanies') };
  if (!may(session, 'seeCompanies')) return [stations, news, settings, security];
  const desk: Section = { to: '/staff/recovery', label: t('frame.claims'), Icon: IconUserQuestion, waiting: 'claims' };
  const payments: Section = { to: '/staff/payments', label: t('frame.payments'), Icon: IconCashBanknote, spare: true };
  const people: Section = { to: '/staff/users', label: t('frame.staffUsers'), Icon: IconUsers, spare: true };
  return [
    { to: '/staff/companies', label: t('frame.companies'), Icon: IconBuilding },
    ...(may(session, 'desk') ? [desk] : []),
    { to: '/staff/approvals', label: t('frame.approvals'), Icon: IconChecklist, waiting: 'approvals' },
    stations,
    ...(may(session, 'takePayments') ? [payments] : []),
    { to: '/staff/journal', label: t('frame.journal'), Icon: IconListDetails, spare: true },
    ...(may(session, 'answer') ? [{ to: '/staff/messages' as const, label: t('frame.messages'), Icon: IconMail, spare: true }] : []),
    ...(may(session, 'content') ? [news] : []),
    ...(may(session, 'staffAccounts') ? [people] : []),
    settings,
    { ...security, spare: true },
  ];
}
