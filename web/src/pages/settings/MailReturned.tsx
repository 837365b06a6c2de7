import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getV1PreferencesQueryKey, postV1PreferencesMailWorksMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { toastDone, toastFailed } from '@/ui/toast';
import classes from './settings.module.css';

/** Letters came back from a person's address, so that there are none for now; they say when it works again. */
export function MailReturned({ email }: { email: string }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const trust = useMutation({
    ...postV1PreferencesMailWorksMutation(),
    onSuccess: () => toastDone(t('settings.mailWorksDone', { email })),
    onError: (error) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: getV1PreferencesQueryKey() }),
  });
  return (
    <div className={classes.note}>
      <Note
        tone="attention"
        title={t('settings.mailReturned', { email })}
        actions={
          <Button size="sm" variant="default" loading={trust.isPending} onClick={() => trust.mutate({ body: {} })}>
            {t('settings.mailWorks')}
          </Button>
        }
      >
        {t('settings.mailReturnedNote')}
      </Note>
    </div>
  );
}
