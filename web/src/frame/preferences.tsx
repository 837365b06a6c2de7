import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';

/** Follows the system until somebody chooses. */
export function useTheme() {
  const t = useT();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const dark = scheme === 'dark';
  return {
    dark,
    label: dark ? t('frame.themeLight') : t('frame.themeDark'),
    toggle: () => setColorScheme(dark ? 'light' : 'dark'),
  };
}

export function useLanguage() {
  const { locale, choose } = useLocale();
  return {
    // Written in the language it leads to, whatever the page's own is.
    label: locale === 'ru' ? 'English' : 'Русский',
    lang: locale === 'ru' ? 'en' : 'ru',
    toggle: () => choose(locale === 'ru' ? 'en' : 'ru'),
  };
}

export function Preferences() {
  const theme = useTheme();
  const language = useLanguage();
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-md" c="inherit" lang={language.lang} onClick={language.toggle}>
        {language.label}
      </Button>
      <ActionIcon variant="subtle" color="gray" c="inherit" size="lg" aria-label={theme.label} title={theme.label} onClick={theme.toggle}>
        {theme.dark ? <IconSun size={20} /> : <IconMoon size={20} />}
      </ActionIcon>
    </>
  );
}
