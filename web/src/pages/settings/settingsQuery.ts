import { queryOptions } from '@tanstack/react-query';
import { getV1SettingsQueryKey } from '@/api/@tanstack/react-query.gen';
import { getV1Settings } from '@/api/sdk.gen';

/** What the company chose, with the edition that a change must name. */
export const settingsQuery = () =>
  queryOptions({
    queryKey: [...getV1SettingsQueryKey(), 'with edition'],
    queryFn: async ({ signal }) => {
      const { data, response } = await getV1Settings({ signal, throwOnError: true });
      return { chosen: data, edition: response.headers.get('ETag') ?? '' };
    },
  });
