import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import type { Locale } from '@/format/amounts';
import { first } from './first';
import type { Messages } from './message';

const STORAGE_KEY = 'oktan-language';

/** Complete once `laterMessages` has been fulfilled. */
const russian = { ...first } as Messages;

let fetched: Promise<void> | undefined;

/** Fetches the Russian of the pages that a first visit does not open. They wait for it, so nothing is shown without words. */
export function laterMessages(): Promise<void> {
  fetched ??= import('./later').then(
    ({ later }) => void Object.assign(russian, later),
    (error) => {
      fetched = undefined;
      throw error;
    },
  );
  return fetched;
}

interface LocaleChoice {
  locale: Locale;
  choose: (locale: Locale) => void;
}

const LocaleContext = createContext<LocaleChoice>({ locale: 'ru', choose: () => undefined });

/** The reader's language and the way to change it. */
export const useLocale = () => use(LocaleContext);

/** The public site's first page in the reader's language: the server's, so a link to it leaves the app. */
export const useSiteHome = () => (useLocale().locale === 'en' ? '/en' : '/');

function remembered(): Locale {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'ru';
  } catch {
    return 'ru';
  }
}

function remember(locale: Locale) {
  try {
    localStorage.setItem(STORAGE_KEY, locale);
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
}

/** Russian is in the first load, but for later pages' own; English is fetched when chosen, and nothing is shown half-translated. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState<Locale>(remembered);
  const [shown, setShown] = useState<{ locale: Locale; messages: Messages } | null>(
    wanted === 'ru' ? { locale: 'ru', messages: russian } : null,
  );

  useEffect(() => {
    if (wanted === 'ru') {
      setShown({ locale: 'ru', messages: russian });
      return undefined;
    }
    let current = true;
    void import('./en').then(({ en }) => current && setShown({ locale: 'en', messages: en }));
    return () => {
      current = false;
    };
  }, [wanted]);

  const locale = shown?.locale ?? wanted;
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);

  const choose = useCallback((next: Locale) => {
    setWanted(next);
    remember(next);
  }, []);
  const choice = useMemo(() => ({ locale, choose }), [locale, choose]);
  if (!shown) return null;
  return (
    <LocaleContext value={choice}>
      <IntlProvider locale={shown.locale} defaultLocale="ru" messages={shown.messages}>
        {children}
      </IntlProvider>
    </LocaleContext>
  );
}
