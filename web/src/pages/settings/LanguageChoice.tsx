import { SegmentedControl } from '@mantine/core';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { Panel } from '@/ui/Panel';
import classes from './settings.module.css';

const LANGUAGES = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
] as const;

/** The language of the app; it is kept with the person, so that it is the same wherever they sign in. */
export function LanguageChoice() {
  const t = useT();
  const { locale, choose } = useLocale();
  return (
    <Panel title={t('settings.language')}>
      <SegmentedControl
        fullWidth
        aria-label={t('settings.language')}
        value={locale}
        onChange={(value) => choose(value === 'en' ? 'en' : 'ru')}
        data={[...LANGUAGES]}
      />
      <p className={`muted ${classes.under}`}>{t('settings.languageNote')}</p>
    </Panel>
  );
}
