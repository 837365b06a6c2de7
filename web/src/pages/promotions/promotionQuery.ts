import { queryOptions } from '@tanstack/react-query';
import { getV1StaffPromotionsByIdQueryKey } from '@/api/@tanstack/react-query.gen';
import { getV1StaffPromotionsById } from '@/api/sdk.gen';

/** A promotion with the edition that a change must name. */
export const promotionQuery = (id: string) =>
  queryOptions({
    queryKey: [...getV1StaffPromotionsByIdQueryKey({ path: { id } }), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1StaffPromotionsById({ path: { id }, signal, throwOnError: true });
      return { content: data, edition: response.headers.get('ETag') ?? '' };
    },
  });
