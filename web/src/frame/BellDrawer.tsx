import { Drawer } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  IconAlertTriangle, IconBellZ, IconChartBar, IconDeviceDesktop, IconGasStation, IconHandStop, IconLock, IconMessage, IconScale,
  IconSpeakerphone, type TablerIcon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import {
  getV1NotificationsInfiniteOptions, getV1NotificationsOptions, postV1NotificationsSeenMutation,
} from '@/api/@tanstack/react-query.gen';
import type { NotificationKind, NotificationView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { MoreButton } from '@/ui/MoreButton';
import { Empty, Failed, Loading } from '@/ui/states';
import classes from './BellDrawer.module.css';
import { placeOf } from './notices';
import { useNoticeWords } from './useNoticeWords';

const PAGE = 20;

const ICONS: Record<NotificationKind, TablerIcon> = {
  low_balance: IconAlertTriangle,
  block: IconLock,
  decline: IconHandStop,
  exception: IconGasStation,
  new_device: IconDeviceDesktop,
  dispute: IconScale,
  ticket: IconMessage,
  promotion: IconSpeakerphone,
  weekly_summary: IconChartBar,
};

interface BellDrawerProps {
  opened: boolean;
  /** The newest line there is. */
  newest: string | undefined;
  onClose: () => void;
}

/** What a person was told of, newest first, each with the way to it. What is shown here counts as seen. */
export function BellDrawer({ opened, newest, onClose }: BellDrawerProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery({
    ...getV1NotificationsInfiniteOptions({ query: { limit: PAGE } }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    enabled: opened,
    staleTime: 0,
    // What was new when the window opened stays marked while it is read.
    refetchOnWindowFocus: false,
  });
  const lines = list.data?.pages.flatMap((page) => page.items);
  const first = lines?.[0];
  const { mutate: see } = useMutation({
    ...postV1NotificationsSeenMutation(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: getV1NotificationsOptions({ query: { limit: 1 } }).queryKey }),
  });

  const { refetch } = list;
  const shown = first?.id;
  useEffect(() => {
    if (opened && shown !== undefined && newest !== undefined && shown !== newest) void refetch();
  }, [opened, newest, shown, refetch]);
  const until = opened && first?.unread ? first.at : undefined;
  useEffect(() => {
    if (until) see({ body: { until } });
  }, [until, see]);

  return (
    <Drawer opened={opened} onClose={onClose} title={t('frame.bell')} size="md" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {lines && lines.length > 0 && (
        <ol className={classes.list}>
          {lines.map((line) => (
            <li key={line.id}>
              <Line line={line} onOpen={onClose} />
            </li>
          ))}
        </ol>
      )}
      {lines?.length === 0 && (
        <Empty icon={<IconBellZ />} title={t('bell.none')}>
          {t('bell.noneNote')}
        </Empty>
      )}
      {!lines && (list.isError ? <Failed error={list.error} again={() => void refetch()} /> : <Loading words={t('bell.loading')} />)}
      <MoreButton list={list} />
      <p className={classes.foot}>
        <Link to="/settings" onClick={onClose}>
          {t('bell.choose')}
        </Link>
      </p>
    </Drawer>
  );
}

function Line({ line, onOpen }: { line: NotificationView; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const say = useNoticeWords();
  const Icon = ICONS[line.kind];
  return (
    <Link {...placeOf(line.page)} className={classes.line} data-unread={line.unread || undefined} onClick={onOpen}>
      <Icon aria-hidden className={classes.icon} />
      <span className={classes.words}>
        <span className={classes.sentence}>{say(line)}</span>
        <span className={classes.when}>
          <time dateTime={line.at}>{format.dateTime(line.at)}</time>
          {line.unread && <span className={classes.fresh}>{t('bell.new')}</span>}
        </span>
      </span>
    </Link>
  );
}
