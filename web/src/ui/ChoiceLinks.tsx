import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './ChoiceLinks.module.css';

export interface ChoiceLink {
  label: string;
  /** How many wait there. */
  count?: string;
  to: LinkProps;
  current: boolean;
}

/** Ways to look at one list, each an address of its own. */
export function ChoiceLinks({ label, links }: { label: string; links: ChoiceLink[] }) {
  return (
    <nav className={classes.links} aria-label={label}>
      {links.map(({ label: words, count, to, current }) => (
        <Link key={words} {...to} className={classes.link} aria-current={current ? 'page' : undefined} activeOptions={{ exact: true }}>
          {words} {count && <span className={classes.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
