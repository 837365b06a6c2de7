import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { getV1NotificationsOptions } from '@/api/@tanstack/react-query.gen';
import { laterMessages } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import classes from './Bell.module.css';
import { useOwnLanguage } from './useOwnLanguage';

const BellDrawer = lazy(() =>
  Promise.all([import('./BellDrawer'), laterMessages()]).then(([{ BellDrawer: drawer }]) => ({ default: drawer })),
);

const AGAIN_MS = 30_000;
/** What the server counts to. */
const COUNTED_MAX = 99;

/** How much a person was told of since they looked last; a press opens it. */
export function Bell() {
  const t = useT();
  useOwnLanguage();
  const [drawer, setDrawer] = useState<'never' | 'open' | 'closed'>('never');
  // Asked for while the page is seen, and when it is seen again.
  const { data } = useQuery({ ...getV1NotificationsOptions({ query: { limit: 1 } }), refetchInterval: AGAIN_MS, staleTime: 10_000 });
  const unread = data?.unread ?? 0;
  const count = unread < COUNTED_MAX ? String(unread) : `${COUNTED_MAX}+`;
  return (
    <>
      <ActionIcon
        variant="transparent"
        c="inherit"
        size="xl"
        className={classes.bell}
        aria-haspopup="dialog"
        aria-label={unread > 0 ? t('frame.bellNew', { count }) : t('frame.bell')}
        title={t('frame.bell')}
        onClick={() => setDrawer('open')}
      >
        <IconBell stroke={1.7} />
        {unread > 0 && (
          <span className={classes.count} aria-hidden>
            {count}
          </span>
        )}
      </ActionIcon>
      {drawer !== 'never' && (
        <Suspense>
          <BellDrawer opened={drawer === 'open'} newest={data?.items[0]?.id} onClose={() => setDrawer('closed')} />
        </Suspense>
      )}
    </>
  );
}
