import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getV1PreferencesOptions, patchV1PreferencesMutation } from '@/api/@tanstack/react-query.gen';
import type { NotificationKind, PreferencesView } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { toastFailed } from '@/ui/toast';
import { chosen, type Way } from './choices';
import classes from './settings.module.css';

const WAYS = ['mail', 'app'] as const satisfies Way[];

/** Every kind of what a person is told of, by mail and by the bell. A switch counts at once. */
export function NoticeChoices({ own }: { own: PreferencesView }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const { queryKey } = getV1PreferencesOptions();
  const choose = useMutation({
    ...patchV1PreferencesMutation(),
    onError: (error) => {
      toastFailed(say(error));
      void queryClient.invalidateQueries({ queryKey });
    },
  });
  const turn = (kind: NotificationKind, way: Way, on: boolean) => {
    void queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData<PreferencesView>(queryKey, (known) => known && chosen(known, kind, way, on));
    choose.mutate({ body: { notifications: [{ kind, [way]: on }] } });
  };
  return (
    <>
      <p className={`muted ${classes.note}`}>{own.email ? t('settings.mailGoes', { email: own.email }) : t('settings.noMail')}</p>
      <table className={classes.choices}>
        <thead>
          <tr>
            <th scope="col">{t('settings.event')}</th>
            {WAYS.map((way) => (
              <th key={way} scope="col" className={classes.way}>
                {t(`settings.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {own.notifications.map((choice) => (
            <tr key={choice.kind}>
              <th scope="row">
                <span className={classes.kind}>{t(`noticeKind.${choice.kind}`)}</span>
                <p className="muted">{t(`noticeWhat.${choice.kind}`)}</p>
              </th>
              {WAYS.map((way) => (
                <td key={way} className={classes.way} data-name={t(`settings.way.${way}`)}>
                  <Switch
                    aria-label={`${t(`noticeKind.${choice.kind}`)}: ${t(`settings.way.${way}`)}`}
                    checked={choice[way]}
                    disabled={way === 'mail' && !own.email}
                    onChange={(event) => turn(choice.kind, way, event.currentTarget.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
