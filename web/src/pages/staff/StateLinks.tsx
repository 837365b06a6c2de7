import { Link } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import classes from './StateLinks.module.css';

interface StateLinksProps {
  to: '/staff/recovery' | '/staff/approvals' | '/staff/messages';
  closed: boolean;
  /** How many wait. */
  open?: string;
}

/** What waits, and what was decided. */
export function StateLinks({ to, closed, open }: StateLinksProps) {
  const t = useT();
  return (
    <nav className={classes.links} aria-label={t('desk.which')}>
      <Link to={to} search={{}} className={classes.link} aria-current={closed ? undefined : 'page'} activeOptions={{ exact: true }}>
        {t('desk.waiting')} {open && <span className={classes.count}>{open}</span>}
      </Link>
      <Link to={to} search={{ state: 'closed' }} className={classes.link} aria-current={closed ? 'page' : undefined}>
        {t('desk.decided')}
      </Link>
    </nav>
  );
}
