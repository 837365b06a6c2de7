import type { OnFile, ProfileView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';

/** What stands on file, on one line. */
export function useOnFile(): (profile: ProfileView, what: OnFile) => string {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  return (profile, what) => {
    const { contact } = profile;
    switch (what) {
      case 'name':
        return profile.name;
      case 'inn':
        return profile.inn;
      case 'kpp':
        return profile.kpp ?? t('profile.noKpp');
      case 'time_zone':
        return maybe(`zone.${profile.time_zone}`) ?? profile.time_zone;
      case 'contract':
        return `${t('profile.contractNumber', { number: profile.contract_number })}, ${t('profile.contractDate', { date: format.date(profile.contract_date) })}`;
      case 'contact':
        return `${contact.full_name}, ${contact.phone}, ${contact.email}`;
    }
  };
}
