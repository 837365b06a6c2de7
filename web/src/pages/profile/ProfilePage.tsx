import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getV1CompanyOptions } from '@/api/@tanstack/react-query.gen';
import type { OnFile, ProfileView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { CopyText } from '@/ui/CopyText';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { CorrectDialog } from './CorrectDialog';
import { Corrections } from './Corrections';
import classes from './profile.module.css';
import { useOnFile } from './useOnFile';

const PARTS: { title: 'profile.requisites' | 'profile.relation'; what: OnFile[] }[] = [
  { title: 'profile.requisites', what: ['name', 'inn', 'kpp'] },
  { title: 'profile.relation', what: ['contract', 'contact', 'time_zone'] },
];

/** What OKTAN has on file of the company. It is corrected at the desk, when the company asks. */
export function ProfilePage() {
  const t = useT();
  const { data, error, refetch } = useQuery(getV1CompanyOptions());
  const [asked, setAsked] = useState<OnFile | null>(null);
  return (
    <>
      <PageHead title={t('frame.profile')} note={t('profile.note')} />
      {data ? (
        <div className={classes.page}>
          {PARTS.map(({ title, what }) => (
            <Panel key={title} title={t(title)}>
              <dl className={classes.facts}>
                {what.map((one) => (
                  <Fact key={one} profile={data} what={one} onAsk={() => setAsked(one)} />
                ))}
              </dl>
            </Panel>
          ))}
          <Corrections />
          {asked && <CorrectDialog profile={data} first={asked} onClose={() => setAsked(null)} />}
        </div>
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('profile.loading')} lines={6} />}</Panel>
      )}
    </>
  );
}

function Fact({ profile, what, onAsk }: { profile: ProfileView; what: OnFile; onAsk: () => void }) {
  const t = useT();
  const format = useFormat();
  const say = useOnFile();
  const copied = what === 'inn' ? profile.inn : what === 'kpp' ? profile.kpp : null;
  return (
    <div>
      <dt>{t(`onFile.${what}`)}</dt>
      <dd>
        {what === 'contract' ? (
          <>
            <p>{t('profile.contractNumber', { number: profile.contract_number })}</p>
            <p className="muted">{t('profile.contractDate', { date: format.date(profile.contract_date) })}</p>
          </>
        ) : what === 'contact' ? (
          <>
            <p>{profile.contact.full_name}</p>
            <p className="muted">{profile.contact.phone}</p>
            <p className="muted">{profile.contact.email}</p>
          </>
        ) : (
          <p className={classes.value}>
            {say(profile, what)}
            {copied && <CopyText value={copied} label={t('profile.copy', { what: t(`onFile.${what}`) })} />}
          </p>
        )}
      </dd>
      <dd className={classes.act}>
        <Button size="compact-sm" variant="subtle" aria-label={t('profile.correctNamed', { what: t(`onFile.${what}`) })} onClick={onAsk}>
          {t('profile.correct')}
        </Button>
      </dd>
    </div>
  );
}
