import type { ReactNode } from 'react';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { DisputeDetails } from '@/model';
import { Panel } from '@/ui/Panel';
import { DueOn } from './DueOn';
import { FactList } from './FactList';
import classes from './disputes.module.css';
import { Outcome } from './Outcome';

/** What the company says, by when it is decided and how it was; under it what this reader may do. */
export function Said({ dispute, facts, children }: { dispute: DisputeDetails; facts?: [string, ReactNode][]; children?: ReactNode }) {
  const t = useT();
  const format = useFormat();
  return (
    <Panel title={t('disputes.reason')}>
      <p className={classes.said}>{dispute.reason}</p>
      <div className={classes.part}>
        <FactList
          facts={[
            ...(facts ?? []),
            [t('disputes.opened'), format.dateTime(dispute.opened_at)],
            [t('disputes.openedBy'), dispute.opened_by.full_name],
            [t('disputes.due'), dispute.state === 'open' && <DueOn key="due" dispute={dispute} />],
          ]}
        />
      </div>
      <Outcome dispute={dispute} />
      {children}
    </Panel>
  );
}
