import { createTheme, localStorageColorSchemeManager, MantineProvider, MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { queryClient } from '@/http/setup';
import { LocaleProvider } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { COLOR_SCHEME_KEY, theme } from '@/ui/theme';
import { router } from './routes';

const colorSchemeManager = localStorageColorSchemeManager({ key: COLOR_SCHEME_KEY });

/** Everything a page stands on. Mantine's variables come from the build (build/theme-css.ts), not at run time. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <LocaleProvider>
        <QueryClientProvider client={queryClient}>
          <Named>
            <Notifications position="top-center" />
            <RouterProvider router={router} />
          </Named>
        </QueryClientProvider>
      </LocaleProvider>
    </MantineProvider>
  );
}

/** Names the crosses that close windows and messages: Mantine draws them without a word. */
function Named({ children }: { children: ReactNode }) {
  const t = useT();
  const close = t('common.close');
  const named = useMemo(
    () => createTheme({ components: { CloseButton: { defaultProps: { 'aria-label': close } } } }),
    [close],
  );
  return (
    <MantineThemeProvider inherit theme={named}>
      {children}
    </MantineThemeProvider>
  );
}
