import { queryOptions } from '@tanstack/react-query';
import { getV1StaffNewsByIdQueryKey } from '@/api/@tanstack/react-query.gen';
import { getV1StaffNewsById } from '@/api/sdk.gen';

/** A piece with the edition that a change must name. */
export const newsQuery = (id: string) =>
  queryOptions({
    queryKey: [...getV1StaffNewsByIdQueryKey({ path: { id } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1StaffNewsById({ path: { id }, signal, throwOnError: true });
      return { content: data, edition: response.headers.get('ETag') ?? '' };
    },
  });
