import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconHandGrab, IconHandStop } from '@tabler/icons-react';
import { deleteV1StaffTicketsByIdAssignMutation, postV1StaffTicketsByIdAssignMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { StaffTicketDetails } from '@/model';
import classes from '@/pages/tickets/tickets.module.css';
import { Panel } from '@/ui/Panel';
import { toastDone, toastFailed } from '@/ui/toast';

/** Who of the staff looks after a ticket, and the way to take it or let it go. */
export function Care({ ticket: { id, assignee } }: { ticket: StaffTicketDetails }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const settled = {
    onError: (error: unknown) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  };
  const take = useMutation({
    ...postV1StaffTicketsByIdAssignMutation(),
    ...settled,
    onSuccess: () => toastDone(t('queue.taken')),
  });
  const release = useMutation({
    ...deleteV1StaffTicketsByIdAssignMutation(),
    ...settled,
    onSuccess: () => toastDone(t('queue.released')),
  });
  return (
    <Panel title={t('queue.care')}>
      <p>{assignee ? assignee.full_name : <span className="muted">{t('queue.noCare')}</span>}</p>
      <div className={classes.side}>
        {assignee?.me ? (
          <Button
            variant="default"
            leftSection={<IconHandStop size={18} aria-hidden />}
            loading={release.isPending}
            onClick={() => release.mutate({ path: { id } })}
          >
            {t('queue.release')}
          </Button>
        ) : (
          <Button
            variant={assignee ? 'default' : 'light'}
            leftSection={<IconHandGrab size={18} aria-hidden />}
            loading={take.isPending}
            onClick={() => take.mutate({ path: { id }, body: {} })}
          >
            {t(assignee ? 'queue.takeOver' : 'queue.take')}
          </Button>
        )}
      </div>
    </Panel>
  );
}
