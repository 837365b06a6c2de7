import { SegmentedControl } from '@mantine/core';
import { IconBan, IconGasStation, IconHistoryToggle } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { BackTest, RulesAsk } from '@/model';
import { EntryDrawer } from '@/pages/history/EntryDrawer';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { DAYS, verdict, type Days } from './backTest';
import classes from './BackTestPanel.module.css';
import { OtherwiseList } from './OtherwiseList';
import { useBackTest } from './useBackTest';

interface BackTestPanelProps {
  number: string;
  /** What to try; null while the form is not filled in, or says what is in force. */
  rules: RulesAsk | null;
  /** Whether the form says what is in force. */
  unchanged: boolean;
}

/** What the rules in the form would have made of the card's past, told while they are being edited. */
export function BackTestPanel({ number, rules, unchanged }: BackTestPanelProps) {
  const t = useT();
  const [days, setDays] = useState<Days>(30);
  const [entry, setEntry] = useState<string>();
  const { found, old, waiting, error, again } = useBackTest(number, rules, days);
  const shown = unchanged ? undefined : found;

  return (
    <Panel title={t('backtest.title')}>
      <div className={classes.body}>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t('backtest.span')}
          value={String(days)}
          onChange={(value) => setDays(Number(value) as Days)}
          data={DAYS.map((value) => ({ value: String(value), label: t(value === 365 ? 'backtest.year' : 'backtest.days', { days: value }) }))}
        />
        <div className={classes.place} aria-busy={waiting}>
          {unchanged && (
            <p className={classes.hint}>
              <IconHistoryToggle aria-hidden />
              {t('backtest.unchanged')}
            </p>
          )}
          {!unchanged && rules === null && <p className="muted">{t('backtest.unfinished')}</p>}
          {error ? <Failed error={error} again={again} /> : null}
          {shown && !error && <Found found={shown} old={old} onOpen={setEntry} />}
          {!shown && !unchanged && rules !== null && !error && <Loading words={t('backtest.loading')} lines={3} />}
        </div>
      </div>
      <EntryDrawer id={entry} onClose={() => setEntry(undefined)} />
    </Panel>
  );
}

function Found({ found, old, onOpen }: { found: BackTest; old: boolean; onOpen: (id: string) => void }) {
  const t = useT();
  const format = useFormat();
  const { fills, declines } = verdict(found);
  return (
    <div className={classes.found} data-old={old || undefined}>
      <div className={classes.verdict} role="status">
        <p data-tone={found.refused.length > 0 ? 'refused' : undefined}>
          <IconBan aria-hidden />
          {t(fills.id, fills.values)}
        </p>
        <p data-tone={found.released.length > 0 ? 'released' : undefined}>
          <IconGasStation aria-hidden />
          {t(declines.id, declines.values)}
        </p>
      </div>
      <p className={classes.since}>{t('backtest.since', { date: format.date(found.from) })}</p>
      <OtherwiseList title={t('backtest.refused')} items={found.refused} onOpen={onOpen} />
      <OtherwiseList title={t('backtest.released')} items={found.released} onOpen={onOpen} />
    </div>
  );
}
