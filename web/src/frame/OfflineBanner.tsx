import { IconCloudOff } from '@tabler/icons-react';
import { connection } from '@/http/connection';
import { useT } from '@/i18n/message';
import classes from './banners.module.css';

/** Says that what is on the page may be old, and that it will catch up by itself. */
export function OfflineBanner() {
  const t = useT();
  const reachable = connection.useReachable();
  return (
    <div role="status">
      {!reachable && (
        <div className={classes.banner} data-tone="attention">
          <IconCloudOff aria-hidden className={classes.icon} />
          <span>{t('frame.offline')}</span>
        </div>
      )}
    </div>
  );
}
