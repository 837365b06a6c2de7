import type { ReactNode } from 'react';
import { useT } from '@/i18n/message';
import type { DisputeDetails } from '@/model';
import { PageHead } from '@/ui/PageHead';
import page from '@/ui/page.module.css';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { DisputeState } from './DisputeState';
import { Evidence } from './Evidence';
import { Said } from './Said';

interface DisputeViewProps {
  dispute: DisputeDetails | undefined;
  error: unknown;
  again: () => void;
  back: ReactNode;
  /** What only this reader is told of it. */
  facts?: [string, ReactNode][];
  /** What this reader may do while it is open. */
  children: ReactNode;
}

/** A dispute on a page of its own: what the company says, what was known, how it ended. */
export function DisputeView({ dispute, error, again, back, facts, children }: DisputeViewProps) {
  const t = useT();
  if (!dispute) {
    return (
      <>
        <PageHead title={t('frame.disputes')} back={back} />
        <Panel>{error ? <Failed error={error} again={again} /> : <Loading words={t('disputes.loadingOne')} />}</Panel>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('disputes.title', { number: dispute.number })} back={back} note={<DisputeState state={dispute.state} />} />
      <div className={page.main}>
        <Said dispute={dispute} facts={facts}>
          {dispute.state === 'open' && children}
        </Said>
        <Evidence dispute={dispute} />
      </div>
    </>
  );
}
