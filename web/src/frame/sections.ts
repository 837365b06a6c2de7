import {
  IconBook2, IconBuilding, IconCashBanknote, IconChartBar, IconChartPie, IconChecklist, IconCreditCard, IconFileText, IconGasStation, IconHandStop,
  IconHistory, IconHome, IconListDetails, IconMessages, IconNews, IconReceipt, IconScale, IconSettings, IconShieldLock,
  IconSpeakerphone, IconUserQuestion, IconUsers, type TablerIcon,
} from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { may } from '@/session/may';
import { useSession } from '@/session/session';

export interface Section {
  to: '/overview' | '/cards' | '/budget' | '/exceptions' | '/history' | '/reports/spending' | '/documents' | '/invoices' | '/reconciliation' | '/offers' | '/tickets' | '/articles' | '/journal'
    | '/company/profile' | '/users' | '/settings' | '/security'
    | '/staff/companies' | '/staff/stations'
    | '/staff/recovery' | '/staff/approvals' | '/staff/payments' | '/staff/requisites' | '/staff/journal' | '/staff/users' | '/staff/news' | '/staff/promotions' | '/staff/articles'
    | '/staff/tickets';
  label: string;
  Icon: TablerIcon;
  /** On a phone it stands in the person's menu: the bar along the bottom has room for four. */
  spare?: boolean;
  /** What of it may wait for this person, and how that is said. */
  waiting?: 'claims' | 'approvals' | 'tickets';
  waits?: string;
}

/** The sections this person has. */
export function useSections(): Section[] {
  const t = useT();
  const session = useSession();
  const security: Section = { to: '/security', label: t('frame.security'), Icon: IconShieldLock };
  const settings: Section = { to: '/settings', label: t('frame.settings'), Icon: IconSettings, spare: true };
  const articles: Section = { to: '/articles', label: t('frame.articles'), Icon: IconBook2 };
  if (session.user.kind === 'client') {
    return [
      { to: '/overview', label: t('frame.overview'), Icon: IconHome },
      { to: '/cards', label: t('frame.cards'), Icon: IconCreditCard },
      { to: '/budget', label: t('frame.budget'), Icon: IconChartPie, spare: true },
      { to: '/exceptions', label: t('frame.exceptions'), Icon: IconHandStop, spare: true },
      { to: '/history', label: t('frame.history'), Icon: IconHistory },
      { to: '/reports/spending', label: t('frame.spending'), Icon: IconChartBar, spare: true },
      ...(may(session, 'papers')
        ? [
            { to: '/documents' as const, label: t('frame.documents'), Icon: IconFileText, spare: true },
            { to: '/invoices' as const, label: t('frame.invoices'), Icon: IconReceipt, spare: true },
            { to: '/reconciliation' as const, label: t('frame.reconciliation'), Icon: IconScale, spare: true },
          ]
        : []),
      { to: '/offers', label: t('frame.offers'), Icon: IconSpeakerphone, spare: true },
      { to: '/tickets', label: t('frame.tickets'), Icon: IconMessages, waiting: 'tickets', waits: t('frame.unread') },
      { ...articles, spare: true },
      { to: '/journal', label: t('frame.journal'), Icon: IconListDetails, spare: true },
      { to: '/company/profile', label: t('frame.profile'), Icon: IconBuilding, spare: true },
      ...(may(session, 'manageUsers')
        ? [{ to: '/users' as const, label: t('frame.users'), Icon: IconUsers, spare: true }]
        : []),
      settings,
      { ...security, spare: true },
    ];
  }
  const stations: Section = { to: '/staff/stations', label: t('frame.stations'), Icon: IconGasStation };
  const written: Section = { ...articles, to: '/staff/articles' };
  const news: Section = { to: '/staff/news', label: t('frame.news'), Icon: IconNews, spare: may(session, 'seeCompanies') };
  const promotions: Section = { to: '/staff/promotions', label: t('frame.offers'), Icon: IconSpeakerphone, spare: true };
  if (!may(session, 'seeCompanies')) return [stations, news, promotions, written, settings, security];
  const decisions = t('frame.waiting');
  const desk: Section = { to: '/staff/recovery', label: t('frame.claims'), Icon: IconUserQuestion, waiting: 'claims', waits: decisions };
  const queue: Section = { to: '/staff/tickets', label: t('frame.staffTickets'), Icon: IconMessages, waiting: 'tickets', waits: t('frame.unanswered') };
  const payments: Section = { to: '/staff/payments', label: t('frame.payments'), Icon: IconCashBanknote, spare: true };
  const people: Section = { to: '/staff/users', label: t('frame.staffUsers'), Icon: IconUsers, spare: true };
  return [
    { to: '/staff/companies', label: t('frame.companies'), Icon: IconBuilding },
    ...(may(session, 'answer') ? [queue] : []),
    ...(may(session, 'desk') ? [desk] : []),
    { to: '/staff/approvals', label: t('frame.approvals'), Icon: IconChecklist, waiting: 'approvals', waits: decisions },
    { ...stations, spare: true },
    ...(may(session, 'takePayments') ? [payments] : []),
    ...(may(session, 'requisites')
      ? [{ to: '/staff/requisites' as const, label: t('frame.requisites'), Icon: IconFileText, spare: true }]
      : []),
    { to: '/staff/journal', label: t('frame.journal'), Icon: IconListDetails, spare: true },
    ...(may(session, 'content') ? [news, promotions] : []),
    { ...(may(session, 'content') ? written : articles), spare: true },
    ...(may(session, 'staffAccounts') ? [people] : []),
    settings,
    { ...security, spare: true },
  ];
}
