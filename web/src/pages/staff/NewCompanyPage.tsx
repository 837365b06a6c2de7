import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { postV1StaffCompaniesMutation } from '@/api/@tanstack/react-query.gen';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import back from '@/pages/card/CardPage.module.css';
import { useMay } from '@/session/may';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { HandOver } from './HandOver';
import classes from './NewCompanyPage.module.css';
import { companyAsk, emptyCompany, useCompanyChecks } from './newCompany';

/** Makes a company, its contract and its first owner from one sheet of paper. */
export function NewCompanyPage() {
  const t = useT();
  const may = useMay();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const validate = useCompanyChecks();
  const form = useForm({ initialValues: emptyCompany, validate });
  const create = useMutation({
    ...postV1StaffCompaniesMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
    onError: (error) => {
      const errors = fieldErrors(error);
      if (isRefused(error, 'inn_taken')) errors.inn = say(error);
      if (isRefused(error, 'login_taken')) errors['owner.login'] = say(error);
      form.setErrors(errors);
    },
  });
  useUnsaved(form.isDirty() && !create.isSuccess);

  const field = (path: string, label: string, note?: string) => ({
    label,
    description: note,
    ...form.getInputProps(path),
  });

  if (!may('provision')) return <Note tone="attention">{t('staff.mayNot')}</Note>;
  if (create.isSuccess) return <HandOver created={create.data} ask={create.variables.body} />;
  return (
    <>
      <PageHead
        title={t('staff.newCompany')}
        back={
          <Link to="/staff/companies" className={back.back}>
            <IconArrowLeft size={16} aria-hidden /> {t('frame.companies')}
          </Link>
        }
      />
      <form noValidate onSubmit={form.onSubmit((values) => create.mutate({ body: companyAsk(values) }))} className={classes.form}>
        <Panel title={t('staff.party')}>
          <div className={classes.fields}>
            <TextInput {...field('name', t('staff.name'), t('staff.nameNote'))} className={classes.wide} />
            <TextInput {...field('inn', t('staff.inn'), t('staff.innNote'))} inputMode="numeric" maxLength={12} />
            <TextInput {...field('kpp', t('staff.kpp'), t('staff.kppNote'))} inputMode="numeric" maxLength={9} />
            <TextInput {...field('contract_number', t('staff.contractNumber'))} />
            <TextInput {...field('contract_date', t('staff.contractDate'))} type="date" />
          </div>
        </Panel>
        <Panel title={t('staff.contact')}>
          <div className={classes.fields}>
            <TextInput {...field('contact.full_name', t('staff.fullName'))} className={classes.wide} />
            <TextInput {...field('contact.phone', t('staff.phone'))} type="tel" />
            <TextInput {...field('contact.email', t('staff.email'), t('staff.emailNote'))} type="email" />
          </div>
        </Panel>
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
        {create.isError && !isRefused(create.error, 'inn_taken', 'login_taken') && (
          <Note tone="refused" urgent>
            {say(create.error)}
          </Note>
        )}
        <div>
          <Button type="submit" size="md" loading={create.isPending}>
            {t('staff.create')}
          </Button>
        </div>
      </form>
    </>
  );
}
