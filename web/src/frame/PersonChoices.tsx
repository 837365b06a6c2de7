import { Menu } from '@mantine/core';
import { IconLanguage, IconLogout, IconMoon, IconShieldLock, IconSun } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteV1SessionMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { forgetDrafts } from '@/session/drafts';
import { forgetPerson } from '@/session/forget';
import { useSession } from '@/session/session';
import { toastFailed } from '@/ui/toast';
import { PersonButton } from './PersonButton';
import { useLanguage, useTheme } from './preferences';
import { useSections } from './sections';

interface PersonChoicesProps {
  compact: boolean;
  opened: boolean;
  onChange: (opened: boolean) => void;
}

/** The button with its menu. */
export function PersonChoices({ compact, opened, onChange }: PersonChoicesProps) {
  const t = useT();
  const { say } = useProblem();
  const { user, company } = useSession();
  const navigate = useNavigate();
  const theme = useTheme();
  const language = useLanguage();
  const leave = useMutation({
    ...deleteV1SessionMutation(),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      forgetDrafts();
      forgetPerson();
    },
    onError: (error) => toastFailed(say(error)),
  });
  // One's own security stands below, whoever it is.
  const spare = useSections().filter((section) => section.spare && section.to !== '/security');
  const where = company?.name ?? t('frame.staffDesk');

  return (
    <Menu opened={opened} onChange={onChange} position={compact ? 'bottom-end' : 'top-start'} width={240} shadow="md">
      <Menu.Target>
        <PersonButton compact={compact} />
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
