import { IconMessageCircleQuestion } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { useSession } from '@/session/session';
import { LinkButton } from '@/ui/LinkButton';
import classes from './articles.module.css';

/** The way on for a client whom no article helped. */
export function AskUs({ bare = false }: { bare?: boolean }) {
  const t = useT();
  if (useSession().user.kind !== 'client') return null;
  const write = (
    <LinkButton to="/tickets/new" variant="light" leftSection={<IconMessageCircleQuestion size={18} aria-hidden />}>
      {t('articles.write')}
    </LinkButton>
  );
  if (bare) return write;
  return (
    <div className={classes.ask}>
      <span>{t('articles.askUs')}</span>
      {write}
    </div>
  );
}
