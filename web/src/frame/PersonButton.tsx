import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconChevronUp, IconUser } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useMaybe, useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import classes from './PersonMenu.module.css';

/** Who is signed in, and for which company; a menu opens by it. */
export function PersonButton({ compact, ...button }: { compact: boolean } & Omit<ComponentProps<'button'>, 'color' | 'style'>) {
  const t = useT();
  const maybe = useMaybe();
  const { user, company } = useSession();
  if (compact) {
    return (
      <ActionIcon {...button} variant="transparent" c="#fff" size="xl" aria-label={t('frame.person', { name: user.full_name })}>
        <IconUser />
      </ActionIcon>
    );
  }
  return (
    <UnstyledButton {...button} className={classes.person}>
      <span className={classes.words}>
        <span className={classes.where}>{company?.name ?? t('frame.staffDesk')}</span>
        <span className={classes.name}>
          {user.full_name} · {maybe(`role.${user.role}`) ?? user.role}
        </span>
      </span>
      <IconChevronUp aria-hidden size={18} />
    </UnstyledButton>
  );
}
