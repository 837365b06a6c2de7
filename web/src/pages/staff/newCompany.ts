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
};

type CompanyForm = typeof emptyCompany;

const trimmed = <T extends Record<string, string>>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()])) as T;

/** The form as the request's body; a sole trader has no KPP, and then none is sent. */
export function companyAsk({ contact, owner, credentials, ...flat }: CompanyForm): CompanyAsk {
  const { kpp, ...party } = trimmed(flat);
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
    };
  }, [t]);
}
