import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getV1JournalOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import inset from '@/ui/inset.module.css';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { ActList } from '@/ui/trade/ActList';

const READ = 50;
const SHOWN = 5;
const BLOCKS = /^cards?\.(block|unblock|replace|close)$/;

/** Who blocked the card, let it go, replaced or closed it, when and why. */
export function BlockHistory({ card }: { card: CardDetails }) {
  const t = useT();
  const { data, error, refetch } = useQuery(getV1JournalOptions({ query: { q: card.number, limit: READ } }));
  const acts = data?.items.filter((act) => BLOCKS.test(act.action)).slice(0, SHOWN);
  if (acts?.length === 0) return null;
  return (
    <Panel
      flush
      title={t('card.blocks')}
      actions={
        <Link to="/journal" search={{ q: card.number }}>
          {t('card.allActs')}
        </Link>
      }
    >
      {acts ? (
        <ActList acts={acts} nameOfCard={() => card.label || undefined} />
      ) : (
        <div className={inset.inset}>
          {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('journal.loading')} lines={2} />}
        </div>
      )}
    </Panel>
  );
}
