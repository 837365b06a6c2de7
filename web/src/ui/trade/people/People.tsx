import { IconEdit, IconMailForward, IconShieldOff, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { toastDone, toastFailed } from '@/ui/toast';
import { EditPerson } from './EditPerson';
import { PeopleTable, type PersonAct } from './PeopleTable';
import type { Doing, PersonEdit, PersonRow } from './person';

/** What a page can do to the people it lists. */
export interface PeopleActs<Role extends string> {
  kind: 'client' | 'staff';
  roles: readonly Role[];
  edit: Doing<PersonEdit<Role>>;
  /** Mails a way in: a link, or a one-time password that ends the old one. */
  reissue: Doing<string>;
  by: 'link' | 'password';
  /** Takes off the second factor of who lost it. */
  resetTotp?: Doing<string>;
}

interface PeopleProps<Row extends PersonRow, Role extends string> {
  label: string;
  people: readonly Row[];
  self: string;
  acts: PeopleActs<Role>;
}

type Asked = 'edit' | 'reissue' | 'deactivate' | 'resetTotp';

/** A list of people, and the windows that change them; each says first what it will do. */
export function People<Row extends PersonRow, Role extends string>({ label, people, self, acts }: PeopleProps<Row, Role>) {
  const t = useT();
  const { say } = useProblem();
  const [asked, setAsked] = useState<{ what: Asked; person: Row } | null>(null);
  const close = () => setAsked(null);

  const ask = (what: Asked, person: Row) => {
    for (const doing of [acts.edit, acts.reissue, acts.resetTotp]) doing?.reset();
    setAsked({ what, person });
  };
  const reactivate = async (person: Row) => {
    try {
      await acts.edit.mutateAsync({ id: person.id, change: { active: true } });
    } catch (error) {
      toastFailed(say(error));
      return;
    }
    toastDone(t('people.reactivated', { name: person.full_name }));
  };

  const actsOf = (person: Row): PersonAct[] => {
    const change = { label: t('people.edit'), Icon: IconEdit, run: () => ask('edit', person) };
    if (!person.active) {
      return [change, { label: t('people.reactivate'), Icon: IconUserCheck, run: () => void reactivate(person) }];
    }
    return [
      change,
      {
        label: t(acts.by === 'link' ? 'people.sendLink' : 'people.sendPassword'),
        Icon: IconMailForward,
        run: () => ask('reissue', person),
      },
      ...(acts.resetTotp && person.totp && person.id !== self
        ? [{ label: t('people.resetTotp'), Icon: IconShieldOff, run: () => ask('resetTotp', person) }]
        : []),
      { label: t('people.deactivate'), Icon: IconUserOff, run: () => ask('deactivate', person) },
    ];
  };

  const keeper = acts.kind === 'staff' ? 'admin' : 'owner';
  const keepers = people.filter((person) => person.active && person.role === keeper);
  const last = t(acts.kind === 'staff' ? 'problem.last_admin' : 'problem.last_owner');
  const keptBy = (person: Row) => (keepers.length === 1 && keepers[0] === person ? last : undefined);

  return (
    <>
      <PeopleTable label={label} people={people} self={self} acts={actsOf} />
      {asked?.what === 'edit' && (
        <EditPerson
          person={asked.person}
          kind={acts.kind}
          roles={acts.roles}
          own={asked.person.id === self}
          kept={keptBy(asked.person)}
          edit={acts.edit}
          onClose={close}
        />
      )}
      {asked?.what === 'reissue' && <Reissue person={asked.person} acts={acts} onClose={close} />}
      {asked?.what === 'deactivate' && (
        <Deactivate
          person={asked.person}
          kept={asked.person.id === self ? t('problem.own_account') : keptBy(asked.person)}
          edit={acts.edit}
          onClose={close}
        />
      )}
      {asked?.what === 'resetTotp' && acts.resetTotp && (
        <ResetTotp person={asked.person} reset={acts.resetTotp} onClose={close} />
      )}
    </>
  );
}

interface DialogProps {
  person: PersonRow;
  onClose: () => void;
}

function Reissue<Role extends string>({ person, acts, onClose }: DialogProps & { acts: PeopleActs<Role> }) {
  const t = useT();
  const byLink = acts.by === 'link';
  const send = async () => {
    try {
      await acts.reissue.mutateAsync(person.id);
    } catch {
      return;
    }
    toastDone(t(byLink ? 'people.linkSent' : 'people.passwordSent', { email: person.email ?? '' }));
    onClose();
  };
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t(byLink ? 'people.sendLink' : 'people.sendPassword')}
      submit={t('people.send')}
      onSubmit={() => void send()}
      act={acts.reissue}
      disabled={person.email === null}
    >
      {person.email === null ? (
        <Note tone="attention">{t('problem.no_email')}</Note>
      ) : (
        <p>{t(byLink ? 'people.linkWhat' : 'people.passwordWhat', { name: person.full_name, email: person.email })}</p>
      )}
      {!byLink && <Note tone="attention">{t('people.passwordAtOnce')}</Note>}
      <p className="muted">{t(acts.kind === 'staff' ? 'people.adminsTold' : 'people.ownersTold')}</p>
    </ActDialog>
  );
}

function Deactivate<Role extends string>({
  person, kept, edit, onClose,
}: DialogProps & { kept?: string; edit: Doing<PersonEdit<Role>> }) {
  const t = useT();
  const deactivate = async () => {
    try {
      await edit.mutateAsync({ id: person.id, change: { active: false } });
    } catch {
      return;
    }
    toastDone(t('people.deactivated', { name: person.full_name }));
    onClose();
  };
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('people.deactivateNamed', { login: person.login })}
      submit={t('people.deactivate')}
      onSubmit={() => void deactivate()}
      act={edit}
      disabled={Boolean(kept)}
      destructive
    >
      {kept ? <Note tone="attention">{kept}</Note> : <p>{t('people.deactivateWhat', { name: person.full_name })}</p>}
    </ActDialog>
  );
}

function ResetTotp({ person, reset, onClose }: DialogProps & { reset: Doing<string> }) {
  const t = useT();
  const take = async () => {
    try {
      await reset.mutateAsync(person.id);
    } catch {
      return;
    }
    toastDone(t('people.totpReset', { name: person.full_name }));
    onClose();
  };
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('people.resetTotp')}
      submit={t('people.resetTotp')}
      onSubmit={() => void take()}
      act={reset}
      destructive
    >
      <p>{t('people.resetTotpWhat', { name: person.full_name })}</p>
      <Note tone="attention">{t('people.resetTotpAsk')}</Note>
    </ActDialog>
  );
}
