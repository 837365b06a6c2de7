import { Link } from '@tanstack/react-router';
import { useT, type MessageId } from '@/i18n/message';
import classes from './StateLinks.module.css';

interface StateLinksProps {
  to: '/staff/recovery' | '/staff/approvals' | '/staff/messages';
  closed: boolean;
  /** How many wait. */
  open?: string;
  /** What the two are called. */
  words?: [waiting: MessageId, decided: MessageId];
}

const DECISIONS: [MessageId, MessageId] = ['desk.waiting', 'desk.decided'];

/** What waits, and what was decided. */
export function StateLinks({ to, closed, open, words = DECISIONS }: StateLinksProps) {
  const t = useT();
  return (
    <nav className={classes.links} aria-label={t('desk.which')}>
      <Link to={to} search={{}} className={classes.link} aria-current={closed ? undefined : 'page'} activeOptions={{ exact: true }}>
        {t(words[0])} {open && <span className={classes.count}>{open}</span>}
      </Link>
      <Link to={to} search={{ state: 'closed' }} className={classes.link} aria-current={closed ? 'page' : undefined}>
        {t(words[1])}
      </Link>
    </nav>
  );
}
