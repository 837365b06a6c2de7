import { queryOptions } from '@tanstack/react-query';
import { getV1StaffArticlesByIdQueryKey } from '@/api/@tanstack/react-query.gen';
import { getV1StaffArticlesById } from '@/api/sdk.gen';

/** An article with the edition that a change must name. */
export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: [...getV1StaffArticlesByIdQueryKey({ path: { id } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1StaffArticlesById({ path: { id }, signal, throwOnError: true });
      return { content: data, edition: response.headers.get('ETag') ?? '' };
    },
  });
