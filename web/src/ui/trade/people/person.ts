/** A person in a list: of the company, or of the staff. */
export interface PersonRow {
  id: string;
  login: string;
  full_name: string;
  email: string | null;
  phone: string | null;
  role: string;
  active: boolean;
  activated: boolean;
  totp: boolean;
  last_signed_in_at: string | null;
}

export const CLIENT_ROLES = ['owner', 'manager', 'accountant', 'viewer'] as const;
export const STAFF_ROLES = ['admin', 'operator', 'accountant', 'editor'] as const;

export type ClientRole = (typeof CLIENT_ROLES)[number];
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What may be changed of a person. */
export interface PersonChange<Role extends string> {
  full_name?: string;
  phone?: string;
  role?: Role;
}

/** A new person, as the form has them. */
export interface NewPerson<Role extends string> {
  login: string;
  full_name: string;
  email: string;
  phone?: string;
  role: Role;
}

export interface PersonEdit<Role extends string> {
  id: string;
  change: PersonChange<Role> & { active?: boolean };
}

/** A request behind a button, as `useMutation` gives it. */
export interface Doing<Ask> {
  mutateAsync: (ask: Ask) => Promise<unknown>;
  isPending: boolean;
  error: unknown;
  reset: () => void;
}
