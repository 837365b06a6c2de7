import { Button, Radio, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { getV1RecoveryByTokenOptions, postV1RecoveryByTokenMutation } from '@/api/@tanstack/react-query.gen';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Desk } from '@/pages/sign-in/Desk';
import { NewPassword, PASSWORD_LENGTH_MIN } from '@/session/NewPassword';
import { LinkButton } from '@/ui/LinkButton';
import { Note } from '@/ui/Note';
import { Failed, Loading } from '@/ui/states';
import { Facts } from './Facts';
import { missing, NO_FACTS, said } from './facts';
import { Outcome } from './Outcome';
import classes from './recovery.module.css';
import { Ways } from './Ways';

const route = getRouteApi('/open/recovery/$token');

/** The page the mailed link leads to. */
export function ConfirmPage() {
  const t = useT();
  const { token } = route.useParams();
  const link = useQuery({ ...getV1RecoveryByTokenOptions({ path: { token } }), retry: false, refetchOnWindowFocus: false });

  if (isRefused(link.error, 'link_expired')) return <Expired />;
  if (!link.data) {
    return (
      <Desk title={t('confirm.title')}>
        {link.error ? (
          <Failed error={link.error} again={() => void link.refetch()} />
        ) : (
          <Loading words={t('confirm.loading')} />
        )}
      </Desk>
    );
  }
  return <Confirm key={token} token={token} />;
}

/** Two facts on file, and what is wanted in place of the forgotten password. */
function Confirm({ token }: { token: string }) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [facts, setFacts] = useState(NO_FACTS);
  const [way, setWay] = useState<'own' | 'mailed'>('own');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const confirm = useMutation(postV1RecoveryByTokenMutation());

  const lacking = missing(facts);
  const short = way === 'own' && [...password].length < PASSWORD_LENGTH_MIN;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacking || short) return;
    confirm.mutate({ path: { token }, body: { confirm: said(facts), ...(way === 'own' && { new_password: password }) } });
  };

  if (confirm.isSuccess) return <Outcome outcome={confirm.data.outcome} />;
  if (isRefused(confirm.error, 'link_expired')) return <Expired />;

  const errors = fieldErrors(confirm.error);
  const mismatch = isRefused(confirm.error, 'facts_do_not_match') ? confirm.error : null;
  const left = Number(mismatch?.members.tries_left ?? Number.NaN);
  return (
    <Desk title={t('confirm.title')}>
      <p className={`muted ${classes.intro}`}>{t('confirm.note')}</p>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          {mismatch ? (
            <Note tone="refused" title={t('confirm.mismatch')} urgent>
              {Number.isFinite(left) && t('confirm.triesLeft', { left })} {t('confirm.mismatchNote')}
            </Note>
          ) : (
            confirm.isError &&
            Object.keys(errors).length === 0 && (
              <Note tone="refused" urgent>
                {say(confirm.error)}
              </Note>
            )
          )}
          <Facts
            draft={facts}
            onChange={setFacts}
            errors={errors}
            missing={tried && lacking ? t(`facts.missing.${lacking}`) : errors.confirm}
          />
          <Radio.Group
            label={t('confirm.way')}
            value={way}
            onChange={(chosen) => setWay(chosen === 'mailed' ? 'mailed' : 'own')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="own" label={t('confirm.own')} />
              <Radio value="mailed" label={t('confirm.mailed')} description={t('confirm.mailedNote')} />
            </Stack>
          </Radio.Group>
          {way === 'own' && (
            <NewPassword
              value={password}
              onChange={setPassword}
              error={tried && short ? t('session.tooShort', { length: PASSWORD_LENGTH_MIN }) : errors.new_password}
            />
          )}
          <Button type="submit" size="md" loading={confirm.isPending}>
            {t(way === 'own' ? 'confirm.set' : 'confirm.sendOneTime')}
          </Button>
        </Stack>
      </form>
      <Ways />
    </Desk>
  );
}

function Expired() {
  const t = useT();
  return (
    <Desk title={t('activation.expiredTitle')}>
      <p className={classes.intro}>{t('confirm.expired')}</p>
      <LinkButton to="/recovery" fullWidth size="md">
        {t('confirm.askAgain')}
      </LinkButton>
      <Ways />
    </Desk>
  );
}
