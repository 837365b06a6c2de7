import { useQuery } from '@tanstack/react-query';
import { IconGasStation } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useFormat } from '@/format/useFormat';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import { settingsQuery } from '@/pages/settings/settingsQuery';
import { useSession } from '@/session/session';
import { useSource } from '@/source/source';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { EntryTable } from '@/ui/trade/EntryTable';
import { Attention } from './Attention';
import { Money } from './Money';
import inset from '@/ui/inset.module.css';
import classes from './OverviewPage.module.css';

const SpendingGlance = lazy(() => import('@/pages/spending/SpendingGlance').then((module) => ({ default: module.SpendingGlance })));

const RECENT = 8;

/** The state of the company's money and cards, at a glance and live. */
export function OverviewPage() {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const { company } = useSession();
  const source = useSource();
  const balance = useQuery({ ...source.balance(), refetchInterval: LIVE_MS });
  const settings = useQuery(settingsQuery());
  const recent = useQuery({ ...source.history({ limit: RECENT }), refetchInterval: LIVE_MS });

  return (
    <>
      <PageHead title={company?.name ?? t('frame.overview')} />
      <div className={classes.grid}>
        <div className={classes.wide}>
          {balance.data ? (
            <Money balance={balance.data} threshold={settings.data?.chosen.low_balance} />
          ) : balance.isError ? (
            <Failed error={balance.error} again={() => void balance.refetch()} />
          ) : (
            <Panel>
              <Loading words={t('overview.loadingMoney')} />
            </Panel>
          )}
        </div>
        <div className={classes.side}>
          {balance.data && <Attention today={format.calendarDate(balance.data.as_of)} />}
        </div>
        {balance.data && (
          <div className={classes.wide}>
            <Suspense>
              <SpendingGlance today={format.calendarDate(balance.data.as_of)} />
            </Suspense>
          </div>
        )}
        <div className={classes.wide}>
          <Panel flush title={t('overview.recent')} actions={<Link to="/history">{t('overview.allHistory')}</Link>}>
            {recent.data ? (
              recent.data.items.length > 0 ? (
                <EntryTable
                  compact
                  entries={recent.data.items}
                  onOpen={(entry) => void navigate({ to: '/history', search: { entry } })}
                />
              ) : (
                <Empty icon={<IconGasStation />} title={t('overview.noOperations')}>
                  {t('overview.noOperationsNote')}
                </Empty>
              )
            ) : (
              <div className={inset.inset}>
                {recent.isError ? (
                  <Failed error={recent.error} again={() => void recent.refetch()} />
                ) : (
                  <Loading words={t('history.loading')} />
                )}
              </div>
            )}
          </Panel>
        </div>
      </div>
    </>
  );
}
