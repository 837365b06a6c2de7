import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { IconChevronUp, IconLanguage, IconLogout, IconMoon, IconShieldLock, IconSun, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteV1SessionMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useMaybe, useT } from '@/i18n/message';
import { forgetPerson } from '@/session/forget';
import { useSession } from '@/session/session';
import { toastFailed } from '@/ui/toast';
import classes from './PersonMenu.module.css';
import { useLanguage, useTheme } from './preferences';
import { useSections } from './sections';

/** Who is signed in, for which company, and what belongs to the person rather than to the work. */
export function PersonMenu({ compact = false }: { compact?: boolean }) {
  const t = useT();
  const maybe = useMaybe();
  const { say } = useProblem();
  const { user, company } = useSession();
  const navigate = useNavigate();
  const theme = useTheme();
  const language = useLanguage();
  const leave = useMutation({
    ...deleteV1SessionMutation(),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      forgetPerson();
    },
    onError: (error) => toastFailed(say(error)),
  });
  // One's own security stands below, whoever it is.
  const spare = useSections().filter((section) => section.spare && section.to !== '/security');
  const where = company?.name ?? t('frame.staffDesk');

  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={240} shadow="md">
      <Menu.Target>
        {compact ? (
          <ActionIcon variant="transparent" c="#fff" size="xl" aria-label={t('frame.person', { name: user.full_name })}>
            <IconUser />
          </ActionIcon>
        ) : (
          <UnstyledButton className={classes.person}>
            <span className={classes.words}>
              <span className={classes.where}>{where}</span>
              <span className={classes.name}>
                {user.full_name} · {maybe(`role.${user.role}`) ?? user.role}
              </span>
            </span>
            <IconChevronUp aria-hidden size={18} />
          </UnstyledButton>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {compact && (
          <Menu.Label>
            {where}
            <br />
            {user.full_name}
          </Menu.Label>
        )}
        {compact &&
          spare.map(({ to, label, Icon }) => (
            <Menu.Item key={to} leftSection={<Icon size={18} />} onClick={() => void navigate({ to })}>
              {label}
            </Menu.Item>
          ))}
        <Menu.Item leftSection={<IconShieldLock size={18} />} onClick={() => void navigate({ to: '/security' })}>
          {t('frame.security')}
        </Menu.Item>
        <Menu.Item leftSection={theme.dark ? <IconSun size={18} /> : <IconMoon size={18} />} onClick={theme.toggle}>
          {theme.label}
        </Menu.Item>
        <Menu.Item leftSection={<IconLanguage size={18} />} lang={language.lang} onClick={language.toggle}>
          {language.label}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => leave.mutate({})}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
