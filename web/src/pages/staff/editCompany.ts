import type { PatchV1StaffCompaniesByIdData } from '@/api/types.gen';
import type { Company } from '@/model';

type CompanyChange = PatchV1StaffCompaniesByIdData['body'];

export const companyForm = (company: Company) => ({
  name: company.name as string,
  kpp: (company.kpp ?? '') as string,
  contract_number: company.contract_number as string,
  contract_date: company.contract_date as string,
  time_zone: company.time_zone as string,
  contact: { ...company.contact } as { full_name: string; phone: string; email: string },
});

type CompanyForm = ReturnType<typeof companyForm>;

/** Of `after`, what is filled in and differs from `before`. */
function differing<T extends Record<string, string>>(before: T, after: T): Partial<T> {
  const kept = Object.entries(after)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== '' && value !== before[name]);
  return Object.fromEntries(kept) as Partial<T>;
}

/** What the form changes of the company; nothing else is sent. */
export function companyChange(company: Company, { contact, ...flat }: CompanyForm): CompanyChange {
  const { contact: contactNow, ...now } = companyForm(company);
  const changedContact = differing(contactNow, contact);
  return {
    ...differing(now, flat),
    ...(Object.keys(changedContact).length > 0 && { contact: changedContact }),
  };
}

/** Russia's zones, one for each hour from Moscow −1 to +9. */
const ZONES = [
  'Europe/Kaliningrad', 'Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Krasnoyarsk',
  'Asia/Irkutsk', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka',
];

/** The zones to choose from, with the present one wherever it is. */
export const zonesWith = (present: string): string[] => (ZONES.includes(present) ? ZONES : [present, ...ZONES]);
