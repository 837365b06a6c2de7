import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowRight, IconCheck, IconCircleCheck, IconCircleX, IconClock, IconHistoryToggle, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { postV1StaffApprovalsByIdApprove, postV1StaffApprovalsByIdRefuse } from '@/api/sdk.gen';
import { useFormat, useProducts } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useMaybe, useT } from '@/i18n/message';
import type { ApprovalRow } from '@/model';
import { useMay } from '@/session/may';
import { useSession } from '@/session/session';
import { Badge } from '@/ui/Badge';
import { toastDone, toastFailed } from '@/ui/toast';
import classes from './ApprovalsPage.module.css';
import { ApproveDialog } from './ApproveDialog';
import { RefuseDialog } from './RefuseDialog';
import { useWait } from './useWait';

/** Kinds whose values are roubles. */
const MONEY: ReadonlySet<string> = new Set(['credit_limit', 'payment_reversal', 'dispute_refund']);

/** One approval in words: what, of whom, from what to what, who asked and why. */
export function Approval({ approval }: { approval: ApprovalRow }) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const wait = useWait();
  const kind = maybe(`approvals.kind.${approval.kind}`) ?? approval.kind;
  return (
    <li className={classes.approval}>
      <div className={classes.words}>
        <p className={classes.title}>
          {kind} <State state={approval.state} />
        </p>
        <p>
          <Link to="/staff/companies/$id" params={{ id: approval.company.id }}>
            {approval.company.name}
          </Link>
        </p>
        <Payment approval={approval} />
        <DisputeOf approval={approval} />
        <p className={classes.change}>
          <Value approval={approval} side="before" />
          <IconArrowRight size={18} role="img" aria-label={t('approvals.becomes')} />
          <strong>
            <Value approval={approval} side="after" />
          </strong>
        </p>
        <p className="muted">
          {t('approvals.askedBy', { name: approval.asked_by.full_name, at: format.dateTime(approval.asked_at) })}
          {approval.state === 'open' && ` · ${wait(approval.asked_at)}`}
        </p>
        {approval.reason && <p className="muted">{t('desk.reasonGiven', { reason: approval.reason })}</p>}
        <Outcome approval={approval} />
      </div>
      {approval.state === 'open' && <Decision approval={approval} kind={kind} />}
    </li>
  );
}

/** A value as its kind is written: roubles, an address, a status. */
export function Value({ approval, side }: { approval: ApprovalRow; side: 'before' | 'after' }) {
  const maybe = useMaybe();
  const format = useFormat();
  const value = approval[side];
  if (MONEY.has(approval.kind)) return <span className="nowrap">{format.roubles(value)}</span>;
  if (approval.kind === 'close_company') return <span>{maybe(`companyStatus.${value}`) ?? value}</span>;
  return <span className={classes.value}>{value}</span>;
}

/** Which payment it is about, where it is about one. */
function Payment({ approval: { company, payment } }: { approval: ApprovalRow }) {
  const t = useT();
  const format = useFormat();
  if (!payment) return null;
  return (
    <p>
      <Link to="/staff/companies/$id/history" params={{ id: company.id }} search={{ entry: payment.id }}>
        {t('approvals.payment', { number: payment.document_number, date: format.date(payment.date) })}
      </Link>
    </p>
  );
}

/** Which dispute it is about, where it is about one. */
function DisputeOf({ approval: { dispute } }: { approval: ApprovalRow }) {
  const t = useT();
  const format = useFormat();
  const { unitOf } = useProducts();
  if (!dispute) return null;
  return (
    <p>
      <Link to="/staff/disputes/$id" params={{ id: dispute.id }}>
        {t('approvals.dispute', { number: dispute.number, quantity: format.quantity(dispute.quantity, unitOf(dispute.product)) })}
      </Link>
    </p>
  );
}

function State({ state }: { state: string }) {
  const t = useT();
  switch (state) {
    case 'open':
      return <Badge tone="attention" icon={<IconClock aria-hidden />}>{t('approvalState.open')}</Badge>;
    case 'approved':
      return <Badge tone="good" icon={<IconCircleCheck aria-hidden />}>{t('approvalState.approved')}</Badge>;
    case 'refused':
      return <Badge tone="refused" icon={<IconCircleX aria-hidden />}>{t('approvalState.refused')}</Badge>;
    default:
      return <Badge tone="quiet" icon={<IconHistoryToggle aria-hidden />}>{t('approvalState.superseded')}</Badge>;
  }
}

function Outcome({ approval }: { approval: ApprovalRow }) {
  const t = useT();
  const format = useFormat();
  if (approval.state === 'superseded') return <p className="muted">{t('approvals.superseded')}</p>;
  if (!approval.decided_by || !approval.decided_at) return null;
  return (
    <p className="muted">
      {t('approvals.decidedBy', { name: approval.decided_by.full_name, at: format.dateTime(approval.decided_at) })}
      {approval.refusal_reason && ` · ${t('desk.reasonGiven', { reason: approval.refusal_reason })}`}
    </p>
  );
}

function Decision({ approval, kind }: { approval: ApprovalRow; kind: string }) {
  const t = useT();
  const maybe = useMaybe();
  const may = useMay();
  const { say } = useProblem();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<'approve' | 'refuse' | null>(null);
  const path = { id: approval.id };
  // One that is stale or decided leaves the list with its window, so what happened is said outside them.
  const onError = (error: unknown) => {
    if (isRefused(error, 'approval_stale', 'approval_decided', 'company_closed')) toastFailed(say(error));
  };
  const onSettled = () => queryClient.invalidateQueries();
  const approve = useMutation({
    mutationFn: ({ totp }: { totp?: string }) => postV1StaffApprovalsByIdApprove({ path, body: { totp }, throwOnError: true }),
    onError,
    onSettled,
  });
  const refuse = useMutation({
    mutationFn: (body: { reason: string }) => postV1StaffApprovalsByIdRefuse({ path, body, throwOnError: true }),
    onError,
    onSettled,
  });
  const ask = (what: 'approve' | 'refuse') => {
    approve.reset();
    refuse.reset();
    setAsked(what);
  };

  if (approval.asked_by.login === user.login) return <p className={classes.own}>{t('approvals.own')}</p>;
  if (!may('approve')) return null;
  const named = `${kind}: ${approval.company.name}`;
  return (
    <div className={classes.buttons}>
      <Button leftSection={<IconCheck size={18} />} onClick={() => ask('approve')} aria-label={`${t('approvals.approve')}. ${named}`}>
        {t('approvals.approve')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconX size={18} />}
        onClick={() => ask('refuse')}
        aria-label={`${t('desk.refuse')}. ${named}`}
      >
        {t('desk.refuse')}
      </Button>
      {asked === 'approve' && (
        <ApproveDialog
          title={named}
          submit={t('approvals.approve')}
          destructive={approval.kind === 'close_company' || approval.kind === 'payment_reversal'}
          approve={approve}
          onDone={() => toastDone(t('approvals.approveDone', { name: approval.company.name }))}
          onClose={() => setAsked(null)}
        >
          <Payment approval={approval} />
          <DisputeOf approval={approval} />
          <p className={classes.change}>
            <Value approval={approval} side="before" />
            <IconArrowRight size={18} role="img" aria-label={t('approvals.becomes')} />
            <strong>
              <Value approval={approval} side="after" />
            </strong>
          </p>
          <p>{maybe(`approvals.what.${approval.kind}`)}</p>
        </ApproveDialog>
      )}
      {asked === 'refuse' && (
        <RefuseDialog
          title={t('approvals.refuseTitle')}
          note={t('approvals.refuseNote', { name: approval.asked_by.full_name })}
          refuse={refuse}
          onDone={() => toastDone(t('approvals.refuseDone'))}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
