import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { postV1StaffRecoveryByIdApprove, postV1StaffRecoveryByIdRefuse } from '@/api/sdk.gen';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Claim } from '@/model';
import { useSession } from '@/session/session';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import page from '@/ui/page.module.css';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import { ApproveDialog } from './ApproveDialog';
import classes from './ClaimPage.module.css';
import { ClaimState } from './ClaimState';
import { Comparison } from './Comparison';
import { RefuseDialog } from './RefuseDialog';
import { useClaim, useClaimDecided } from './useClaim';
import { Claimant } from './Claimant';
import { useConsequence } from './useConsequence';

const route = getRouteApi('/cabinet/staff/recovery/$id');

/** One claim: what was said beside what is on file, what approving will do, and the decision. */
export function ClaimPage() {
  const t = useT();
  const { id } = route.useParams();
  const { data: claim, error, refetch } = useClaim(id);
  const toDesk = (
    <BackLink to="/staff/recovery">{t('frame.claims')}</BackLink>
  );

  if (!claim) {
    return (
      <>
        <PageHead title={t('desk.claim')} back={toDesk} />
        <Panel>
          {claim === null && <Note tone="attention">{t('problem.not_found')}</Note>}
          {claim === undefined &&
            (error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('desk.loading')} />)}
        </Panel>
      </>
    );
  }
  return (
    <>
      <PageHead
        title={claim.claimed.full_name ?? claim.user.login}
        back={toDesk}
        note={
          <span className={page.facts}>
            <ClaimState state={claim.state} /> {t(`desk.kind.${claim.kind}`)}
          </span>
        }
      />
      <div className={classes.grid}>
        <Comparison claim={claim} />
        <div className={classes.side}>
          <Decision claim={claim} />
          <Claimant claim={claim} />
        </div>
      </div>
    </>
  );
}

function Decision({ claim }: { claim: Claim }) {
  const t = useT();
  const format = useFormat();
  const { user } = useSession();
  const consequence = useConsequence(claim);
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const decided = useClaimDecided();
  const [asked, setAsked] = useState<'approve' | 'refuse' | null>(null);
  const path = { id: claim.id };
  // Decided by somebody else meanwhile: the page shows that, and the window goes with the buttons.
  const onError = (error: unknown) => {
    if (!isRefused(error, 'claim_closed')) return;
    toastFailed(say(error));
    void queryClient.invalidateQueries();
  };
  const approve = useMutation({
    mutationFn: (body: { totp?: string; reason?: string }) =>
      postV1StaffRecoveryByIdApprove({ path, body, throwOnError: true }).then(({ data }) => data),
    onSuccess: decided,
    onError,
  });
  const refuse = useMutation({
    mutationFn: (body: { reason: string }) =>
      postV1StaffRecoveryByIdRefuse({ path, body, throwOnError: true }).then(({ data }) => data),
    onSuccess: decided,
    onError,
  });
  const ask = (what: 'approve' | 'refuse') => {
    approve.reset();
    refuse.reset();
    setAsked(what);
  };

  if (claim.closed_by) {
    const words = { login: claim.closed_by.login, at: format.dateTime(claim.closed_by.at) };
    return (
      <Panel title={t('desk.decision')}>
        <div className={classes.words}>
          {claim.first_approval && (
            <p>{t('desk.firstBy', { login: claim.first_approval.login, at: format.dateTime(claim.first_approval.at) })}</p>
          )}
          <p>{t(claim.state === 'approved' ? 'desk.approvedBy' : 'desk.refusedBy', words)}</p>
          {claim.closed_by.reason && <p className="muted">{t('desk.reasonGiven', { reason: claim.closed_by.reason })}</p>}
        </div>
      </Panel>
    );
  }
  const first = claim.new_email_required_second && !claim.first_approval;
  const barred =
    claim.user.login === user.login
      ? t('desk.ownClaim')
      : claim.new_email_required_second && claim.first_approval?.login === user.login
        ? t('desk.ownApproval')
        : claim.new_email === null && claim.on_file.email === null
          ? t('problem.no_address')
          : null;
  return (
    <Panel title={t('desk.decision')}>
      <div className={classes.words}>
        {claim.first_approval && (
          <p>
            {t('desk.firstBy', { login: claim.first_approval.login, at: format.dateTime(claim.first_approval.at) })}
            {claim.first_approval.reason && (
              <span className="muted"> {t('desk.reasonGiven', { reason: claim.first_approval.reason })}</span>
            )}
          </p>
        )}
        {consequence.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {barred && <Note tone="attention">{barred}</Note>}
        <div className={classes.buttons}>
          {!barred && (
            <Button leftSection={<IconCheck size={18} />} onClick={() => ask('approve')}>
              {t(first ? 'desk.approveFirst' : 'desk.approve')}
            </Button>
          )}
          <Button variant="default" leftSection={<IconX size={18} />} onClick={() => ask('refuse')}>
            {t('desk.refuse')}
          </Button>
        </div>
      </div>
      {asked === 'approve' && (
        <ApproveDialog
          title={t(first ? 'desk.approveFirst' : 'desk.approve')}
          submit={t(first ? 'desk.approveFirst' : 'desk.approve')}
          withReason
          approve={approve}
          onDone={() => toastDone(t(first ? 'desk.firstDone' : 'desk.approveDone'))}
          onClose={() => setAsked(null)}
        >
          {consequence.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {claim.differences.some((name) => name !== 'email') && <Note tone="attention">{t('desk.differencesAsk')}</Note>}
        </ApproveDialog>
      )}
      {asked === 'refuse' && (
        <RefuseDialog
          title={t('desk.refuseTitle')}
          note={t('desk.refuseNote')}
          refuse={refuse}
          onDone={() => toastDone(t('desk.refuseDone'))}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  );
}
