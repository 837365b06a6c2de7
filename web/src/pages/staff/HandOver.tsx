import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPrinter } from '@tabler/icons-react';
import { postV1StaffCompaniesByIdHandOverSheetMutation } from '@/api/@tanstack/react-query.gen';
import type { PostV1StaffCompaniesByIdCardsResponse, PostV1StaffCompaniesResponse } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { DutyPhone } from '@/frame/contacts';
import { Logo } from '@/frame/Logo';
import { serverClock } from '@/http/serverClock';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { CopyText } from '@/ui/CopyText';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { saveFile } from '@/ui/saveFile';
import classes from './HandOver.module.css';
import type { CompanyAsk } from './newCompany';
import { LinkButton } from '@/ui/LinkButton';

interface HandOverProps {
  created: PostV1StaffCompaniesResponse;
  ask: CompanyAsk;
  /** The issue of the first cards, if any were asked for. */
  issue: { isPending: boolean; isError: boolean; error: unknown; data?: PostV1StaffCompaniesByIdCardsResponse };
  again: () => void;
}

/** The sheet handed over with the first cards. The one-time password is on it and nowhere else. */
export function HandOver({ created, ask, issue, again }: HandOverProps) {
  const t = useT();
  const format = useFormat();
  const { company, owner } = created;
  const password = owner.one_time_password;
  const { say } = useProblem();
  const sheet = useMutation({
    ...postV1StaffCompaniesByIdHandOverSheetMutation(),
    onSuccess: (file) => saveFile(new Blob([file], { type: 'application/pdf' }), t('sheet.file', { id: company.id })),
  });
  const address = `${window.location.origin}/login`;

  return (
    <>
      <div className={classes.onScreen}>
        <PageHead
          title={t('handOver.created', { name: ask.name })}
          actions={
            <>
              <Button
                variant={password ? 'filled' : 'default'}
                leftSection={<IconPrinter size={18} />}
                loading={sheet.isPending || issue.isPending}
                onClick={() =>
                  sheet.mutate({ path: { id: company.id }, body: password ? { one_time_password: password } : {} })
                }
              >
                {t('sheet.print')}
              </Button>
              <LinkButton to="/staff/companies/$id" params={{ id: company.id }}>
                {t('handOver.toCompany')}
              </LinkButton>
            </>
          }
        />
        {password && (
          <div className={classes.warning}>
            <Note tone="attention" title={t('handOver.once')}>
              {t('handOver.onceNote')} {t('sheet.note')}
            </Note>
          </div>
        )}
        {sheet.isError && (
          <Note tone="refused" urgent>
            {say(sheet.error)}
          </Note>
        )}
        {issue.isError && (
          <Note
            tone="refused"
            urgent
            title={t('wizard.notIssued')}
            actions={
              <Button variant="default" size="sm" onClick={again}>
                {t('wizard.again')}
              </Button>
            }
          >
            {say(issue.error)}
          </Note>
        )}
        {issue.data && <Note>{t('wizard.issued', { count: issue.data.cards.length })}</Note>}
      </div>
      {password ? (
        <article className={classes.sheet}>
          <div className={classes.letterhead}>
            <Logo />
            <div>
              <p>{t('frame.legalName')}</p>
              <DutyPhone />
            </div>
          </div>
          <h2>{t('handOver.sheet')}</h2>
          <p className={classes.dated}>{format.date(new Date(serverClock.now()).toISOString())}</p>
          <dl className={classes.list}>
            <Line name={t('staff.company')} value={ask.name} />
            <Line name={t('staff.inn')} value={ask.inn} />
            <Line
              name={t('staff.contract')}
              value={t('handOver.contract', { number: ask.contract_number, date: format.date(ask.contract_date) })}
            />
            <Line name={t('staff.owner')} value={ask.owner.full_name} />
          </dl>
          <dl className={`${classes.list} ${classes.access}`}>
            <Line name={t('handOver.address')} value={address} />
            <Line name={t('session.login')} value={owner.login} copy strong />
            <Line name={t('oneTime.current')} value={password} copy strong />
          </dl>
          <p className={classes.words}>{t('handOver.words')}</p>
          <div className={classes.signs}>
            <Sign whose={t('handOver.gave')} />
            <Sign whose={t('handOver.took')} name={ask.owner.full_name} />
          </div>
        </article>
      ) : (
        <Note>{t('handOver.mailed', { email: ask.owner.email })}</Note>
      )}
    </>
  );
}

/** A place to sign, on paper only. */
function Sign({ whose, name }: { whose: string; name?: string }) {
  const t = useT();
  return (
    <div>
      <p>{whose}</p>
      <p className={classes.line} />
      <p className={classes.under}>
        <span>{t('handOver.signature')}</span>
        <span>{t('handOver.date')}</span>
      </p>
      <p className={classes.line}>{name}</p>
      <p className={classes.under}>{t('staff.fullName')}</p>
    </div>
  );
}

function Line({ name, value, copy = false, strong = false }: { name: string; value: string; copy?: boolean; strong?: boolean }) {
  const t = useT();
  return (
    <div>
      <dt>{name}</dt>
      <dd data-strong={strong || undefined}>
        {value}
        {copy && (
          <span className={classes.copy}>
            <CopyText value={value} label={t('handOver.copy', { name })} />
          </span>
        )}
      </dd>
    </div>
  );
}
