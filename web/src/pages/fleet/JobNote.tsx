import { Button, CloseButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getV1JobsByIdOptions, postV1JobsByIdUndoMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { Note } from '@/ui/Note';
import { Failed } from '@/ui/states';
import { toastFailed } from '@/ui/toast';
import classes from './BulkOutcome.module.css';
import { Failures } from './Failures';
import { Progress } from './Progress';
import { useBulkWords } from './useBulkWords';

const ASK_MS = 1_000;

/** What another job cannot take back. */
const LASTING = new Set(['cards_rules', 'budget_shares']);

const isOver = (state: string | undefined) => state === 'done' || state === 'failed';

interface JobNoteProps {
  id: string;
  nameOf: (number: string) => string | undefined;
  onClose: () => void;
  /** Undoing is a job too. */
  onJob: (id: string) => void;
}

/** A change of thousands of cards: how far it is, what came of it. It goes on when the page is closed. */
export function JobNote({ id, nameOf, onClose, onJob }: JobNoteProps) {
  const t = useT();
  const may = useMay();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const words = useBulkWords();
  const job = useQuery({
    ...getV1JobsByIdOptions({ path: { id } }),
    refetchInterval: ({ state }) => (isOver(state.data?.state) ? false : ASK_MS),
  });
  const undo = useMutation({
    ...postV1JobsByIdUndoMutation(),
    onSuccess: ({ job_id }) => onJob(job_id),
    onError: (error) => toastFailed(say(error)),
  });
  const state = job.data?.state;
  // The list shows the change as soon as it is whole, which the first answer may say already.
  useEffect(() => {
    if (isOver(state)) void queryClient.invalidateQueries();
  }, [state, queryClient]);

  const close = <CloseButton className={classes.close} aria-label={t('fleet.hide')} onClick={onClose} />;
  if (!job.data) {
    return (
      <div className={classes.outcome}>
        {job.error ? <Failed error={job.error} /> : <Note title={t('fleet.jobLooking')} />}
        {close}
      </div>
    );
  }
  const { done, total, changed, failed, code, kind, undone_by: undoneBy } = job.data;
  if (!isOver(state)) {
    return (
      <div className={classes.outcome}>
        <Note title={t('fleet.jobRunning')}>
          <Progress done={done} total={total} words={t('fleet.progress', { done, total })} />
        </Note>
        {close}
      </div>
    );
  }
  const byCode = new Map<string, string[]>();
  for (const card of failed) byCode.set(card.code, [...(byCode.get(card.code) ?? []), card.number]);
  return (
    <div className={classes.outcome}>
      <Note
        tone={failed.length > 0 || state === 'failed' ? 'attention' : 'quiet'}
        urgent
        title={t(state === 'failed' ? 'fleet.jobStopped' : 'fleet.jobDone', { changed, total })}
        actions={
          !undoneBy &&
          !LASTING.has(kind) &&
          changed > 0 &&
          may('unblock') && (
            <Button variant="default" size="compact-md" loading={undo.isPending} onClick={() => undo.mutate({ path: { id } })}>
              {t('fleet.undo', { count: changed })}
            </Button>
          )
        }
      >
        {code && <p>{words(code)}</p>}
        {undoneBy && <p>{t('fleet.jobUndone')}</p>}
        {byCode.size > 0 && <Failures failed={byCode} nameOf={nameOf} />}
      </Note>
      {close}
    </div>
  );
}
