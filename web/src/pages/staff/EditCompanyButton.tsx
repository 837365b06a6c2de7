import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconEdit } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { patchV1StaffCompaniesByIdMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useMaybe, useT } from '@/i18n/message';
import type { Company } from '@/model';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { companyChange, companyForm, zonesWith } from './editCompany';
import classes from './NewCompanyPage.module.css';

/** Changes a company's papers, contact and zone; another e-mail waits for another person. */
export function EditCompanyButton({ company }: { company: Company }) {
  const t = useT();
  const maybe = useMaybe();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const filled = (value: string) => (value.trim() === '' ? t('field.required') : null);
  const form = useForm({
    initialValues: companyForm(company),
    validate: {
      name: filled,
      contract_number: filled,
      contract_date: filled,
      contact: {
        full_name: filled,
        phone: filled,
        email: (value: string) => filled(value) ?? (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('field.email')),
      },
    },
  });
  const edit = useMutation({
    ...patchV1StaffCompaniesByIdMutation(),
    onSuccess: (answer) => {
      toastDone(t('state' in answer ? 'editCompany.emailWaits' : 'common.saved'));
      dialog.close();
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const change = companyChange(company, form.values);
  const changed = Object.keys(change).length > 0;
  useUnsaved(opened && changed && !edit.isSuccess);

  const open = () => {
    edit.reset();
    form.setValues(companyForm(company));
    form.clearErrors();
    dialog.open();
  };
  const submit = form.onSubmit(() => (changed ? edit.mutate({ path: { id: company.id }, body: change }) : dialog.close()));

  return (
    <>
      <Button variant="light" size="compact-md" leftSection={<IconEdit size={17} />} onClick={open}>
        {t('editCompany.edit')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('editCompany.title')}
        submit={t('common.save')}
        onSubmit={() => submit()}
        act={edit}
        marked={Object.keys(fieldErrors(edit.error)).length > 0}
      >
        <div className={classes.fields}>
          <TextInput label={t('staff.name')} className={classes.wide} maxLength={200} {...form.getInputProps('name')} />
          <TextInput label={t('staff.contractNumber')} {...form.getInputProps('contract_number')} />
          <TextInput label={t('staff.contractDate')} type="date" {...form.getInputProps('contract_date')} />
          {company.inn.length === 10 && (
            <TextInput label={t('staff.kpp')} inputMode="numeric" maxLength={9} {...form.getInputProps('kpp')} />
          )}
          <NativeSelect
            label={t('staff.timeZone')}
            data={zonesWith(company.time_zone).map((zone) => ({ value: zone, label: maybe(`zone.${zone}`) ?? zone }))}
            {...form.getInputProps('time_zone')}
          />
          {change.time_zone && (
            <div className={classes.wide}>
              <Note tone="attention">{t('editCompany.zoneNote')}</Note>
            </div>
          )}
          <TextInput
            label={t('staff.contact')}
            description={t('staff.fullName')}
            className={classes.wide}
            {...form.getInputProps('contact.full_name')}
          />
          <TextInput label={t('staff.phone')} type="tel" {...form.getInputProps('contact.phone')} />
          <TextInput label={t('staff.email')} type="email" {...form.getInputProps('contact.email')} />
          {change.contact?.email && (
            <div className={classes.wide}>
              <Note tone="attention">{t('editCompany.emailNote', { email: company.contact.email })}</Note>
            </div>
          )}
        </div>
      </ActDialog>
    </>
  );
}
