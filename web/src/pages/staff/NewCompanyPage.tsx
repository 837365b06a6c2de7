import { Button, Group, NumberInput, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { postV1StaffCompaniesByIdCardsMutation, postV1StaffCompaniesMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT, type MessageId } from '@/i18n/message';
import { useMay } from '@/session/may';
import { useUnsaved } from '@/session/unsaved';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { HandOver } from './HandOver';
import classes from './NewCompanyPage.module.css';
import { CARDS_MAX, companyAsk, emptyCompany, stepOf, STEPS, useCompanyChecks } from './newCompany';

const TITLES: Record<(typeof STEPS)[number], MessageId> = {
  party: 'staff.party', people: 'staff.contact', cards: 'wizard.cards', check: 'wizard.check',
};

/** Makes a company, its contract, its first owner and its first cards from one sheet of paper, a step at a time. */
export function NewCompanyPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const validate = useCompanyChecks();
  const form = useForm({ initialValues: emptyCompany, validate });
  const [at, setAt] = useState(0);
  const step = STEPS[at] ?? 'check';
  const issue = useMutation({ ...postV1StaffCompaniesByIdCardsMutation(), onSettled: () => queryClient.invalidateQueries() });
  const create = useMutation({
    ...postV1StaffCompaniesMutation(),
    onSuccess: ({ company }) => {
      issueTo(company.id);
      return queryClient.invalidateQueries();
    },
    onError: (error) => {
      const errors = fieldErrors(error);
      if (isRefused(error, 'inn_taken')) errors.inn = say(error);
      if (isRefused(error, 'login_taken')) errors['owner.login'] = say(error);
      form.setErrors(errors);
      turnTo(errors);
    },
  });
  useUnsaved(form.isDirty() && !create.isSuccess);

  const issueTo = (id: string) => {
    const { cards: count, blocked } = form.values;
    if (count > 0) issue.mutate({ path: { id }, body: { cards: Array.from({ length: count }, () => ({ blocked })) } });
  };
  /** Goes back to the first step with an error. */
  const turnTo = (errors: Record<string, unknown>) => {
    const first = STEPS.findIndex((one) => Object.keys(errors).some((path) => errors[path] && stepOf(path) === one));
    if (first !== -1) setAt(first);
  };
  const field = (path: string, label: string, note?: string) => ({ label, description: note, ...form.getInputProps(path) });

  const next = (event: FormEvent) => {
    event.preventDefault();
    const { errors } = form.validate();
    const here = Object.keys(errors).some((path) => stepOf(path) === step);
    if (step === 'check') {
      turnTo(errors);
      if (Object.keys(errors).length === 0) create.mutate({ body: companyAsk(form.values) });
    } else if (!here) {
      form.clearErrors();
      setAt(at + 1);
    }
  };

  if (!may('provision')) return <Note tone="attention">{t('staff.mayNot')}</Note>;
  if (create.isSuccess) {
    const { company } = create.data;
    return <HandOver created={create.data} ask={create.variables.body} issue={issue} again={() => issueTo(company.id)} />;
  }
  return (
    <>
      <PageHead
        title={t('staff.newCompany')}
        note={t('wizard.step', { step: at + 1, steps: STEPS.length })}
        back={
          <BackLink to="/staff/companies">{t('frame.companies')}</BackLink>
        }
      />
      <form noValidate onSubmit={next} className={classes.form}>
        <Panel title={t(TITLES[step])}>
          {step === 'party' && (
            <div className={classes.fields}>
              <TextInput {...field('name', t('staff.name'), t('staff.nameNote'))} className={classes.wide} />
              <TextInput {...field('inn', t('staff.inn'), t('staff.innNote'))} inputMode="numeric" maxLength={12} />
              <TextInput {...field('kpp', t('staff.kpp'), t('staff.kppNote'))} inputMode="numeric" maxLength={9} />
              <TextInput {...field('contract_number', t('staff.contractNumber'))} />
              <TextInput {...field('contract_date', t('staff.contractDate'))} type="date" />
            </div>
          )}
          {step === 'people' && (
            <div className={classes.fields}>
              <TextInput {...field('contact.full_name', t('staff.fullName'))} className={classes.wide} />
              <TextInput {...field('contact.phone', t('staff.phone'))} type="tel" />
              <TextInput {...field('contact.email', t('staff.email'), t('staff.emailNote'))} type="email" />
            </div>
          )}
          {step === 'cards' && (
            <Stack>
              <NumberInput
                {...field('cards', t('wizard.count'), t('wizard.cardsNote'))}
                min={0}
                max={CARDS_MAX}
                allowDecimal={false}
                allowNegative={false}
                className={classes.count}
              />
              <Switch
                label={t('wizard.blocked')}
                description={t('wizard.blockedNote')}
                {...form.getInputProps('blocked', { type: 'checkbox' })}
              />
            </Stack>
          )}
          {step === 'check' && (
            <dl className={classes.check}>
              {checked(form.values, format.date).map(([name, value]) => (
                <div key={name}>
                  <dt>{t(name)}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </Panel>
        {step === 'people' && (
          <Panel title={t('staff.owner')}>
            <Stack>
              <div className={classes.fields}>
                <TextInput {...field('owner.full_name', t('staff.fullName'))} className={classes.wide} />
                <TextInput {...field('owner.login', t('session.login'))} autoCapitalize="none" autoComplete="off" />
                <TextInput {...field('owner.email', t('staff.email'))} type="email" />
              </div>
              <Radio.Group label={t('staff.credentials')} {...form.getInputProps('credentials')}>
                <Stack gap="xs" mt="xs">
                  <Radio value="hand_over" label={t('staff.handOver')} description={t('staff.handOverNote')} />
                  <Radio value="mail" label={t('staff.byMail')} description={t('staff.byMailNote')} />
                </Stack>
              </Radio.Group>
            </Stack>
          </Panel>
        )}
        {create.isError && Object.keys(form.errors).length === 0 && (
          <Note tone="refused" urgent>
            {say(create.error)}
          </Note>
        )}
        <Group>
          {at > 0 && (
            <Button variant="default" size="md" onClick={() => setAt(at - 1)}>
              {t('wizard.back')}
            </Button>
          )}
          <Button type="submit" size="md" loading={create.isPending}>
            {t(step === 'check' ? 'staff.create' : 'wizard.next')}
          </Button>
        </Group>
      </form>
    </>
  );
}

/** What is looked over before it is done. */
function checked(values: typeof emptyCompany, date: (day: string) => string): [MessageId, string][] {
  const { contact, owner } = values;
  const rows: [MessageId, string][] = [
    ['staff.name', values.name],
    ['staff.inn', values.inn],
    ['staff.kpp', values.kpp],
    ['staff.contractNumber', values.contract_number],
    ['staff.contractDate', date(values.contract_date)],
    ['staff.contact', [contact.full_name, contact.phone, contact.email].join(', ')],
    ['staff.owner', [owner.full_name, owner.login, owner.email].join(', ')],
    ['frame.cards', String(values.cards)],
  ];
  return rows.filter(([, value]) => value.trim() !== '');
}
