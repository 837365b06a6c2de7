import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { getV1UnsubscribeByTokenOptions, postV1UnsubscribeByTokenMutation } from '@/api/@tanstack/react-query.gen';
import { Refused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Desk } from '@/pages/sign-in/Desk';
import { LinkButton } from '@/ui/LinkButton';
import { Note } from '@/ui/Note';
import { Failed, Loading } from '@/ui/states';

const route = getRouteApi('/open/unsubscribe/$token');

/** Where a letter's link leads: ends the mail of its kind, without signing in. */
export function UnsubscribePage() {
  const t = useT();
  const { say } = useProblem();
  const { token } = route.useParams();
  const link = useQuery({ ...getV1UnsubscribeByTokenOptions({ path: { token } }), retry: false, refetchOnWindowFocus: false });
  const end = useMutation(postV1UnsubscribeByTokenMutation());

  if (link.error instanceof Refused && link.error.status === 404) {
    return (
      <Desk title={t('unsubscribe.wrong')}>
        <Stack>
          <p>{t('unsubscribe.wrongNote')}</p>
          <ToSettings />
        </Stack>
      </Desk>
    );
  }
  if (!link.data) {
    return (
      <Desk title={t('unsubscribe.title')}>
        {link.error ? (
          <Failed error={link.error} again={() => void link.refetch()} />
        ) : (
          <Loading words={t('unsubscribe.loading')} />
        )}
      </Desk>
    );
  }
  const kind = <strong>{t(`noticeKind.${link.data.kind}`)}</strong>;
  if (end.isSuccess || !link.data.mail) {
    return (
      <Desk title={t('unsubscribe.title')}>
        <Stack>
          <p role="status">
            {t(end.isSuccess ? 'unsubscribe.done' : 'unsubscribe.already')} {!end.isSuccess && kind}
          </p>
          <p className="muted">{t('unsubscribe.back')}</p>
          <ToSettings />
        </Stack>
      </Desk>
    );
  }
  return (
    <Desk title={t('unsubscribe.title')}>
      <Stack>
        <p>
          {t('unsubscribe.what')} {kind}
        </p>
        <p className="muted">{t('unsubscribe.rest')}</p>
        {end.isError && (
          <Note tone="refused" urgent>
            {say(end.error)}
          </Note>
        )}
        <Button size="md" loading={end.isPending} onClick={() => end.mutate({ path: { token } })}>
          {t('unsubscribe.end')}
        </Button>
      </Stack>
    </Desk>
  );
}

function ToSettings() {
  const t = useT();
  return (
    <LinkButton to="/settings" variant="default" fullWidth size="md">
      {t('unsubscribe.toSettings')}
    </LinkButton>
  );
}
