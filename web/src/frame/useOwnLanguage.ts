import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getV1PreferencesOptions, patchV1PreferencesMutation } from '@/api/@tanstack/react-query.gen';
import type { Locale } from '@/format/amounts';
import { useProblem } from '@/http/useProblem';
import { useLocale } from '@/i18n/locale';
import { toastFailed } from '@/ui/toast';

/** The language of who never chose one. */
const UNCHOSEN: Locale = 'ru';

/** After a sign-in the app speaks the language that its person chose, wherever they did; what they choose from then on is kept. */
export function useOwnLanguage() {
  const { locale, choose } = useLocale();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const own = getV1PreferencesOptions();
  const { data } = useQuery({ ...own, staleTime: 60_000 });
  const { mutate } = useMutation({
    ...patchV1PreferencesMutation(),
    onSuccess: (kept) => queryClient.setQueryData(own.queryKey, kept),
    onError: (error) => toastFailed(say(error)),
  });
  // What the server knows; while the app has yet to follow it, that is not taken for a choice.
  const known = useRef<Locale>(undefined);
  const following = useRef(false);
  useEffect(() => {
    if (!data) return;
    if (known.current === undefined) {
      known.current = data.language ?? UNCHOSEN;
      following.current = data.language !== null && data.language !== locale;
      if (following.current) choose(known.current);
    }
    if (locale === known.current) {
      following.current = false;
    } else if (!following.current) {
      known.current = locale;
      mutate({ body: { language: locale } });
    }
  }, [data, locale, choose, mutate]);
}
