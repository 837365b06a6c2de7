import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import type { Doing, NewPerson } from './person';
import { RoleField } from './RoleField';

interface AddPersonProps<Role extends string> {
  kind: 'client' | 'staff';
  roles: readonly Role[];
  /** The role that can do the least harm: what the form starts with. */
  first: Role;
  add: Doing<NewPerson<Role>>;
  primary?: boolean;
}

/** Adds a person; the way in goes to their own mailbox, so nobody else ever knows their password. */
export function AddPerson<Role extends string>({ kind, roles, first, add, primary = false }: AddPersonProps<Role>) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [opened, dialog] = useDisclosure(false);
  const filled = (value: string) => (value.trim() === '' ? t('field.required') : null);
  const form = useForm({
    initialValues: { full_name: '', login: '', email: '', phone: '', role: first as string },
    validate: {
      full_name: filled,
      login: filled,
      email: (value) => filled(value) ?? (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('field.email')),
    },
  });
  useUnsaved(opened && form.isDirty());
  const refused = fieldErrors(add.error);
  const taken = isRefused(add.error, 'login_taken');

  const open = () => {
    add.reset();
    form.reset();
    dialog.open();
  };
  const submit = form.onSubmit(async ({ full_name, login, email, phone, role }) => {
    const person = {
      full_name: full_name.trim(),
      login: login.trim(),
      email: email.trim(),
      role: role as Role,
      ...(phone.trim() && { phone: phone.trim() }),
    };
    try {
      await add.mutateAsync(person);
    } catch (error) {
      form.setErrors({ ...fieldErrors(error), ...(isRefused(error, 'login_taken') && { login: say(error) }) });
      return;
    }
    toastDone(t('people.added', { name: person.full_name, email: person.email }));
    form.reset();
    dialog.close();
  });

  return (
    <>
      <Button
        variant={primary ? 'filled' : 'light'}
        size={primary ? 'sm' : 'compact-md'}
        leftSection={<IconUserPlus size={18} />}
        onClick={open}
      >
        {t('people.add')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('people.add')}
        submit={t('people.addSubmit')}
        onSubmit={() => submit()}
        act={add}
        marked={taken || Object.keys(refused).length > 0}
      >
        <p className="muted">{t('people.addNote')}</p>
        <TextInput label={t('people.fullName')} maxLength={120} data-autofocus {...form.getInputProps('full_name')} />
        <TextInput
          label={t('session.login')}
          description={t('people.loginNote')}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          {...form.getInputProps('login')}
        />
        <TextInput
          label={t('people.email')}
          description={t('people.emailNote')}
          type="email"
          autoComplete="off"
          maxLength={254}
          {...form.getInputProps('email')}
        />
        <TextInput
          label={t('people.phoneOptional')}
          description={t('people.phoneNote')}
          type="tel"
          autoComplete="off"
          maxLength={40}
          {...form.getInputProps('phone')}
        />
        <RoleField
          kind={kind}
          roles={roles}
          value={form.values.role as Role}
          onChange={(role) => form.setFieldValue('role', role)}
          error={form.errors.role as string | undefined}
        />
      </ActDialog>
    </>
  );
}
