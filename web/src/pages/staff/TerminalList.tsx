import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  deleteV1StaffStationsByCodeTerminalsByIdMutation,
  getV1StaffStationsByCodeTerminalsOptions,
} from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import classes from './StationsPage.module.css';

/** A station's terminals; a revoked one stops at once and stays in the list. */
export function TerminalList({ code }: { code: string }) {
  const t = useT();
  const format = useFormat();
  const { say } = useProblem();
  const { data, error, refetch } = useQuery(getV1StaffStationsByCodeTerminalsOptions({ path: { code } }));
  const revoke = useMutation({
    ...deleteV1StaffStationsByCodeTerminalsByIdMutation(),
    onSuccess: () => toastDone(t('terminal.revoked')),
    onError: (refused) => toastFailed(say(refused)),
    onSettled: () => refetch(),
  });

  if (!data) {
    return error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('terminal.loading')} lines={2} />;
  }
  if (data.items.length === 0) return <p className="muted">{t('terminal.none')}</p>;
  return (
    <ul className={classes.terminals}>
      {data.items.map(({ terminal_id: id, created_at, revoked_at }) => (
        <li key={id}>
          <div>
            <p className={classes.terminal}>{id}</p>
            <p className="muted">
              {revoked_at
                ? t('terminal.revokedAt', { at: format.dateTime(revoked_at) })
                : t('terminal.since', { at: format.dateTime(created_at) })}
            </p>
          </div>
          {!revoked_at && (
            <Button
              variant="default"
              size="compact-sm"
              loading={revoke.isPending && revoke.variables.path.id === id}
              onClick={() => window.confirm(t('terminal.revokeAsk', { id })) && revoke.mutate({ path: { code, id } })}
              aria-label={t('terminal.revokeNamed', { id })}
            >
              {t('terminal.revoke')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
