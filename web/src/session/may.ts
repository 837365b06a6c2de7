import type { Session } from './session';
import { useSession } from './session';

/** What a page may offer. The server decides again on every request; this only hides what it would refuse. */
const ACTS = {
  block: ['owner', 'manager', 'accountant'],
  unblock: ['owner', 'manager'],
  editCard: ['owner', 'manager'],
  editRules: ['owner', 'manager'],
  check: ['owner', 'manager'],
  transfer: ['owner', 'manager', 'accountant'],
  manageUsers: ['owner'],
  settings: ['owner'],
  promotions: ['owner', 'manager'],
  papers: ['owner', 'manager', 'accountant'],
} as const;

const STAFF_ACTS = {
  seeCompanies: ['operator', 'accountant', 'admin'],
  provision: ['operator', 'admin'],
  takePayments: ['accountant', 'admin'],
  requisites: ['accountant', 'admin'],
  staffUsers: ['admin'],
  staffAccounts: ['admin'],
  desk: ['operator', 'admin'],
  ask: ['operator', 'accountant', 'admin'],
  approve: ['admin'],
  answer: ['operator', 'accountant', 'admin'],
  catalogue: ['admin'],
  content: ['admin', 'editor'],
} as const;

export type Act = keyof typeof ACTS | keyof typeof STAFF_ACTS;

/** Acts that change cards stop while the company is suspended. */
const CHANGING: ReadonlySet<Act> = new Set<Act>(['block', 'unblock', 'editCard', 'editRules', 'transfer', 'promotions']);

export function may(session: Session, act: Act): boolean {
  const { kind, role } = session.user;
  if (act in STAFF_ACTS) {
    return kind === 'staff' && (STAFF_ACTS[act as keyof typeof STAFF_ACTS] as readonly string[]).includes(role);
  }
  if (kind !== 'client') return false;
  if (CHANGING.has(act) && session.company?.status !== 'active') return false;
  return (ACTS[act as keyof typeof ACTS] as readonly string[]).includes(role);
}

export function useMay(): (act: Act) => boolean {
  const session = useSession();
  return (act) => may(session, act);
}
