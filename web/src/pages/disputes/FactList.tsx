import type { ReactNode } from 'react';
import classes from '@/pages/tickets/tickets.module.css';
import own from './disputes.module.css';

/** What is known, by name; what is not there is left out. */
export function FactList({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={`${classes.facts} ${own.columns}`}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
