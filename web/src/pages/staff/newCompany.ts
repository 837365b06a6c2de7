import { useMemo } from 'react';
import type { PostV1StaffCompaniesData } from '@/api/types.gen';
import { calendarDate, HOUSE_ZONE } from '@/format/dates';
import { useT } from '@/i18n/message';
import { innIsRight } from './inn';

export type CompanyAsk = PostV1StaffCompaniesData['body'];

export const emptyCompany = {
  inn: '',
  kpp: '',
  name: '',
  contract_number: '',
  contract_date: calendarDate(new Date(), HOUSE_ZONE),
  contact: { full_name: '', phone: '', email: '' },
  owner: { login: '', full_name: '', email: '' },
  credentials: 'hand_over' as CompanyAsk['credentials'],
  cards: 0,
  blocked: true,
};

/** The sheet of paper, a part at a time. */
export const STEPS = ['party', 'people', 'cards', 'check'] as const;

/** First cards that are issued with the company. */
export const CARDS_MAX = 200;

/** Which part a field stands in. */
export function stepOf(path: string): (typeof STEPS)[number] {
  if (path === 'cards' || path === 'blocked') return 'cards';
  return path.startsWith('contact') || path.startsWith('owner') || path === 'credentials' ? 'people' : 'party';
}

type CompanyForm = typeof emptyCompany;

const trimmed = <T extends Record<string, string>>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()])) as T;

/** The form as the request's body; a sole trader has no KPP, and then none is sent. */
export function companyAsk(form: CompanyForm): CompanyAsk {
  const { inn, name, contract_number, contract_date, contact, owner, credentials } = form;
  const kpp = form.kpp.trim();
  const party = trimmed({ inn, name, contract_number, contract_date });
  return { ...party, ...(kpp && { kpp }), contact: trimmed(contact), owner: trimmed(owner), credentials };
}

/** What can be said about the fields without asking the server. */
export function useCompanyChecks() {
  const t = useT();
  return useMemo(() => {
    const filled = (value: string) => (value.trim() === '' ? t('field.required') : null);
    const email = (value: string) => filled(value) ?? (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('field.email'));
    return {
      name: filled,
      inn: (value: string) => filled(value) ?? (innIsRight(value.trim()) ? null : t('field.inn')),
      kpp: (value: string) => (/^(\d{9})?$/.test(value.trim()) ? null : t('field.kpp')),
      contract_number: filled,
      contract_date: filled,
      contact: { full_name: filled, phone: filled, email },
      owner: { full_name: filled, login: filled, email },
      cards: (value: number) => (Number.isInteger(value) && value >= 0 && value <= CARDS_MAX ? null : t('wizard.countBad')),
    };
  }, [t]);
}
