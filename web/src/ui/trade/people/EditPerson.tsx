import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import type { Doing, PersonChange, PersonEdit, PersonRow } from './person';
import { RoleField } from './RoleField';

interface EditPersonProps<Role extends string> {
  person: PersonRow;
  kind: 'client' | 'staff';
  roles: readonly Role[];
  /** Whether this is the reader: one's own role is somebody else's to change. */
  own: boolean;
  /** Why the role must stay, when it must. */
  kept?: string;
  edit: Doing<PersonEdit<Role>>;
  onClose: () => void;
}

/** Role, name and telephone; the address of mail changes only at the desk, where two people look. */
export function EditPerson<Role extends string>({ person, kind, roles, own, kept, edit, onClose }: EditPersonProps<Role>) {
  const t = useT();
  const { fieldErrors } = useProblem();
  const [name, setName] = useState(person.full_name);
  const [phone, setPhone] = useState(person.phone ?? '');
  const [role, setRole] = useState(person.role as Role);
  const [tried, setTried] = useState(false);
  const refused = fieldErrors(edit.error);
  const change: PersonChange<Role> = {
    ...(name.trim() !== person.full_name && { full_name: name.trim() }),
    ...(phone.trim() !== (person.phone ?? '') && { phone: phone.trim() }),
    ...(role !== person.role && { role }),
  };

  const submit = async () => {
    setTried(true);
    if (name.trim() === '') return;
    if (Object.keys(change).length > 0) {
      try {
        await edit.mutateAsync({ id: person.id, change });
      } catch {
        return;
      }
      toastDone(t('people.saved', { name: name.trim() }));
    }
    onClose();
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('people.editNamed', { login: person.login })}
      submit={t('common.save')}
      onSubmit={() => void submit()}
      act={edit}
      marked={Object.keys(refused).length > 0}
      disabled={Boolean(kept) && role !== person.role}
    >
      <TextInput
        label={t('people.fullName')}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && name.trim() === '' ? t('field.required') : refused.full_name}
        data-autofocus
      />
      <TextInput
        label={t('people.phone')}
        type="tel"
        value={phone}
        maxLength={40}
        onChange={(event) => setPhone(event.currentTarget.value)}
        error={refused.phone}
      />
      {own ? (
        <Note>{t('problem.own_account')}</Note>
      ) : (
        <>
          <RoleField kind={kind} roles={roles} value={role} onChange={setRole} error={refused.role} />
          {role !== person.role && <Note tone="attention">{kept ?? t('people.roleAtOnce')}</Note>}
        </>
      )}
    </ActDialog>
  );
}
