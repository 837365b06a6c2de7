import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { getV1StaffCompaniesByIdOptions } from '@/api/@tanstack/react-query.gen';
import type { Company } from '@/model';

/** The company of the address; the frame shows its pages only once it is known. */
export function useCompany(): Company {
  const { id } = useParams({ from: '/cabinet/staff/companies/$id' });
  return useSuspenseQuery(getV1StaffCompaniesByIdOptions({ path: { id } })).data;
}
