import { useQuery } from '@tanstack/react-query';
import { IconGasStation } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import { useSource } from '@/source/source';
import inset from '@/ui/inset.module.css';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { EntryTable } from '@/ui/trade/EntryTable';

const RECENT = 8;

export function RecentOnCard({ number }: { number: string }) {
  const t = useT();
  const navigate = useNavigate();
  const source = useSource();
  const { data, error, refetch } = useQuery({
    ...source.history({ card: number, limit: RECENT }),
    refetchInterval: LIVE_MS,
  });
  const all = (
    <Link {...source.reading.toHistory({ card: number })}>
      {t('overview.allHistory')}
    </Link>
  );
  return (
    <Panel flush title={t('overview.recent')} actions={all}>
      {!data && (
        <div className={inset.inset}>
          {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('history.loading')} />}
        </div>
      )}
      {data?.items.length === 0 && (
        <Empty icon={<IconGasStation />} title={t('card.noHistory')}>
          {t('card.noHistoryNote')}
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <EntryTable
          withoutCard
          entries={data.items}
          onOpen={(entry) => void navigate(source.reading.toHistory({ card: number, entry }))}
        />
      )}
    </Panel>
  );
}
