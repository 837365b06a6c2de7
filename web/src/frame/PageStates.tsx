import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useSiteHome } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { Empty, Failed, Loading } from '@/ui/states';
import classes from './PageStates.module.css';

export function PageLoading() {
  const t = useT();
  return (
    <div className={classes.state}>
      <Loading words={t('common.loadingPage')} />
    </div>
  );
}

export function PageFailed({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <div className={classes.state}>
      <Failed error={error} again={() => void router.invalidate()} />
    </div>
  );
}

export function PageMissing() {
  const t = useT();
  const siteHome = useSiteHome();
  return (
    <main className={classes.state}>
      <h1 className={classes.title}>{t('frame.missing')}</h1>
      <Empty
        icon={<IconMapOff />}
        title={t('frame.missingNote')}
        action={
          <Button component="a" href={siteHome} variant="light">
            {t('frame.toHome')}
          </Button>
        }
      />
    </main>
  );
}
