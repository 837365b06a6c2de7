import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isZero } from '@/format/amounts';
import { useT } from '@/i18n/message';
import { LIVE_MS } from '@/http/setup';
import type { CardDetails } from '@/model';
import { planned } from '@/pages/budget/share';
import { ShareBar } from '@/pages/budget/ShareBar';
import { ShareDialog } from '@/pages/budget/ShareDialog';
import { useAmounts } from '@/pages/budget/useAmounts';
import { useMay } from '@/session/may';
import { usePlanSource } from '@/source/plan';
import { own, useSource } from '@/source/source';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import classes from './SharePanel.module.css';

/** The card's part of the plan: what it has left, what was lent to it; absent where nothing is planned. */
export function SharePanel({ card }: { card: CardDetails }) {
  const t = useT();
  const may = useMay();
  const { say } = useAmounts();
  const { reading } = useSource();
  const source = usePlanSource();
  const [opened, dialog] = useDisclosure(false);
  const shares = card.funding === 'account' && card.status !== 'closed';
  const plan = useQuery({ ...source.budget(), refetchInterval: false, enabled: shares });
  const line = useQuery({ ...source.line(card.number), refetchInterval: LIVE_MS, enabled: shares });
  if (!shares || (plan.data && planned(plan.data.budget).length === 0)) return null;
  const error = plan.error ?? line.error;
  if (!plan.data || !line.data) {
    return (
      <Panel title={t('budget.cardShare')}>
        {error ? <Failed error={error} again={() => void line.refetch()} /> : <Loading words={t('budget.cardShareLoading')} lines={2} />}
      </Panel>
    );
  }
  const { budget, edition } = plan.data;
  const capped = planned(budget).filter((measure) => line.data?.[measure] !== null);
  return (
    <Panel
      title={t('budget.cardShare')}
      actions={
        may('editRules') &&
        !budget.running && (
          <Button size="compact-md" variant="light" onClick={dialog.open}>
            {t(capped.length > 0 ? 'budget.changeShare' : 'budget.giveShare')}
          </Button>
        )
      }
    >
      <div className={classes.share}>
        {capped.length === 0 && <p>{t('budget.cardNoShare')}</p>}
        {capped.map((measure) => (
          <div key={measure} className={classes.measure}>
            <p className={classes.words}>
              <strong>{say(measure, line.data?.[measure] ?? '0')}</strong>
              <span className="muted">
                {t('limit.usedShort', { used: say(measure, line.data?.used[measure] ?? '0') })}
              </span>
            </p>
            {line.data && <ShareBar line={line.data} measure={measure} />}
            {line.data && !isZero(line.data.lent[measure]) && (
              <p className="muted">{t('budget.lent', { amount: say(measure, line.data.lent[measure]) })}</p>
            )}
            {line.data && !isZero(line.data.carried[measure]) && (
              <p className="muted">{t('budget.plusCarried', { amount: say(measure, line.data.carried[measure]) })}</p>
            )}
          </div>
        ))}
        <Link {...(reading.whose === own.whose ? { to: '/budget' } : { to: '/staff/companies/$id/budget', params: { id: reading.whose } })}>
          {t('budget.toBoard')}
        </Link>
      </div>
      {opened && <ShareDialog budget={budget} edition={edition} line={line.data} onClose={dialog.close} />}
    </Panel>
  );
}
