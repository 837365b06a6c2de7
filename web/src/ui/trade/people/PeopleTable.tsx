import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconDots, IconMailForward, IconShieldCheck, type TablerIcon } from '@tabler/icons-react';
import { useFormat } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import { Badge } from '@/ui/Badge';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './PeopleTable.module.css';
import type { PersonRow } from './person';

/** Something to do with a person. */
export interface PersonAct {
  label: string;
  Icon: TablerIcon;
  run: () => void;
}

interface PeopleTableProps<Row extends PersonRow> {
  label: string;
  people: readonly Row[];
  /** Who reads, if they are in the list. */
  self?: string;
  acts?: (person: Row) => PersonAct[];
}

/** People, who may sign in and who may not, with what can be done to each. */
export function PeopleTable<Row extends PersonRow>({ label, people, self, acts }: PeopleTableProps<Row>) {
  const t = useT();
  const format = useFormat();
  const maybe = useMaybe();
  return (
    <Table
      label={label}
      head={
        <>
          <th scope="col">{t('people.person')}</th>
          <th scope="col">{t('people.role')}</th>
          <th scope="col">{t('people.access')}</th>
          <th scope="col" className={table.spare}>
            {t('people.lastSignIn')}
          </th>
          {acts && (
            <th scope="col">
              <VisuallyHidden>{t('cards.act')}</VisuallyHidden>
            </th>
          )}
        </>
      }
    >
      {people.map((person) => (
        <tr key={person.id}>
          <td>
            {person.full_name} {person.id === self && <span className="muted">{t('people.you')}</span>}
            <div className={table.under}>{[person.login, person.email, person.phone].filter(Boolean).join(' · ')}</div>
          </td>
          <td>{maybe(`role.${person.role}`) ?? person.role}</td>
          <td>
            <Access person={person} />
          </td>
          <td className={`${table.spare} nowrap`}>
            {person.last_signed_in_at ? format.dateTime(person.last_signed_in_at) : t('people.never')}
          </td>
          {acts && (
            <td className={`${table.number} ${classes.acts}`}>
              <Acts person={person} acts={acts(person)} />
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

function Access({ person }: { person: PersonRow }) {
  const t = useT();
  if (!person.active) {
    return (
      <Badge tone="quiet" icon={<IconCircleX aria-hidden />}>
        {t('people.inactive')}
      </Badge>
    );
  }
  if (!person.activated) {
    return (
      <Badge tone="attention" icon={<IconMailForward aria-hidden />}>
        {t('people.invited')}
      </Badge>
    );
  }
  return (
    <Badge tone="good" icon={person.totp ? <IconShieldCheck aria-hidden /> : <IconCircleCheck aria-hidden />}>
      {t(person.totp ? 'people.activeTotp' : 'people.active')}
    </Badge>
  );
}

function Acts({ person, acts }: { person: PersonRow; acts: PersonAct[] }) {
  const t = useT();
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          data-row
          aria-label={t('people.actsOf', { name: person.full_name })}
        >
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ label, Icon, run }) => (
          <Menu.Item key={label} leftSection={<Icon size={18} />} onClick={run}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
