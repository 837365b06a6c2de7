import { Radio, Stack } from '@mantine/core';
import { useMaybe, useT } from '@/i18n/message';

interface RoleFieldProps<Role extends string> {
  /** Whose roles: a company's or the staff's. */
  kind: 'client' | 'staff';
  roles: readonly Role[];
  value: Role;
  onChange: (role: Role) => void;
  error?: string;
}

/** The roles with what each may do. */
export function RoleField<Role extends string>({ kind, roles, value, onChange, error }: RoleFieldProps<Role>) {
  const t = useT();
  const maybe = useMaybe();
  return (
    <Radio.Group
      label={t('people.role')}
      value={value}
      error={error}
      onChange={(chosen) => {
        const role = roles.find((one) => one === chosen);
        if (role) onChange(role);
      }}
    >
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Radio
            key={role}
            value={role}
            label={maybe(`role.${role}`) ?? role}
            description={maybe(kind === 'staff' ? `people.staffMay.${role}` : `people.may.${role}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
