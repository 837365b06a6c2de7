import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';
import { usePlanSource } from '@/source/plan';
import { useSource } from '@/source/source';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { AskingList } from './AskingList';
import { askings } from './declines';
import classes from './exceptions.module.css';
import { ExceptionTable } from './ExceptionTable';

const DAY_MS = 86_400_000;
const READ = 100;

/** Who waits, from yesterday on, and every exception there was. */
export function ExceptionsView({ onGrant }: { onGrant?: (id: string) => void }) {
  const t = useT();
  const format = useFormat();
  const source = useSource();
  const yesterday = format.calendarDate(new Date(serverClock.now() - DAY_MS).toISOString());
  const declines = useQuery({ ...source.history({ type: 'decline', from: yesterday, limit: READ }), refetchInterval: LIVE_MS });
  const list = useInfiniteQuery(usePlanSource().exceptions());
  const exceptions = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const waiting = useMemo(
    () => (declines.data && exceptions ? askings(declines.data.items, exceptions) : undefined),
    [declines.data, exceptions],
  );
  const failed = declines.error ?? list.error;
  const notCome = failed ? (
    <Failed
      error={failed}
      again={() => {
        void declines.refetch();
        void list.refetch();
      }}
    />
  ) : (
    <Loading words={t('exceptions.loading')} />
  );

  return (
    <div className={classes.page}>
      <Panel title={t('exceptions.waiting')} flush>
        {!waiting && <div className={inset.inset}>{notCome}</div>}
        {waiting?.length === 0 && (
          <Empty icon={<IconCircleCheck />} title={t('exceptions.nobody')}>
            {t('exceptions.nobodyNote')}
          </Empty>
        )}
        {waiting && waiting.length > 0 && <AskingList askings={waiting} onGrant={onGrant} />}
      </Panel>
      <Panel title={t('exceptions.granted')} flush>
        {!exceptions && <div className={inset.inset}>{notCome}</div>}
        {exceptions?.length === 0 && <p className={`muted ${inset.inset}`}>{t('exceptions.noneYet')}</p>}
        {exceptions && exceptions.length > 0 && <ExceptionTable exceptions={exceptions} />}
        <MoreButton list={list} />
      </Panel>
    </div>
  );
}
