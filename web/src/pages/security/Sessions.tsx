import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { deleteV1SessionsByIdMutation, getV1SessionsOptions, getV1SessionsQueryKey } from '@/api/@tanstack/react-query.gen';
import { deleteV1SessionsById } from '@/api/sdk.gen';
import { useFormat } from '@/format/useFormat';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Badge } from '@/ui/Badge';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import classes from './SecurityPage.module.css';

/** Where this person is signed in; any of it but this very page can be ended from here. */
export function Sessions() {
  const t = useT();
  const format = useFormat();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(getV1SessionsOptions());
  const end = useMutation({
    ...deleteV1SessionsByIdMutation(),
    onSuccess: () => toastDone(t('security.ended')),
    onError: (refused) => toastFailed(say(refused)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: getV1SessionsQueryKey() }),
  });

  const others = data?.items.filter((session) => !session.current) ?? [];
  const endOthers = useMutation({
    mutationFn: () => Promise.all(others.map(({ id }) => deleteV1SessionsById({ path: { id }, throwOnError: true }))),
    onSuccess: (ended) => toastDone(t('security.endedOthers', { count: ended.length })),
    onError: (refused) => toastFailed(say(refused)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: getV1SessionsQueryKey() }),
  });

  return (
    <Panel
      title={t('security.sessions')}
      actions={
        others.length > 1 && (
          <Button variant="default" size="compact-md" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('security.endOthers')}
          </Button>
        )
      }
    >
      {others.length > 0 && <p className={`muted ${classes.note}`}>{t('security.strange')}</p>}
      {!data && (error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('security.loading')} />)}
      {data && (
        <ul className={classes.list}>
          {data.items.map((session) => (
            <li key={session.id}>
              <div>
                <p className={classes.device}>
                  {deviceName(session.device) ?? t('security.unknownDevice')}
                  {session.current && (
                    <Badge tone="good" icon={<IconDeviceDesktop aria-hidden />}>
                      {t('security.thisOne')}
                    </Badge>
                  )}
                </p>
                <p className={classes.under}>
                  {t('security.used', { at: format.dateTime(session.last_used_at), since: format.dateTime(session.created_at) })}
                  {session.address && ` · ${session.address}`}
                </p>
              </div>
              {!session.current && (
                <Button
                  variant="default"
                  size="compact-md"
                  loading={end.isPending && end.variables.path.id === session.id}
                  onClick={() => end.mutate({ path: { id: session.id } })}
                  aria-label={t('security.endNamed', { device: deviceName(session.device) ?? t('security.unknownDevice') })}
                >
                  {t('security.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const BROWSERS: [RegExp, string][] = [
  [/YaBrowser/, 'Яндекс Браузер'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A browser's long name for itself, short; what is not a browser's keeps its own words. */
function deviceName(device: string | null | undefined): string | null {
  if (!device) return null;
  const browser = BROWSERS.find(([sign]) => sign.test(device))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(device))?.[1];
  return [browser, system].filter(Boolean).join(', ') || device;
}
