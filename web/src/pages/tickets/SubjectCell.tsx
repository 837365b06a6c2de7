import { VisuallyHidden } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/message';
import type { Ticket } from '@/model';
import table from '@/ui/table.module.css';
import classes from './tickets.module.css';

interface SubjectCellProps {
  ticket: Ticket;
  to: LinkProps;
  /** What stands under the subject, after the number. */
  children?: ReactNode;
}

/** What a ticket is called in a list; one with something new stands out by a dot and by weight. */
export function SubjectCell({ ticket, to, children }: SubjectCellProps) {
  const t = useT();
  return (
    <td className={table.wide}>
      <div className={classes.subject} data-unread={ticket.unread || undefined}>
        {ticket.unread && (
          <span className={classes.dot}>
            <VisuallyHidden>{t('tickets.unread')}: </VisuallyHidden>
          </span>
        )}
        <Link data-row {...to} className={table.main}>
          {ticket.subject}
        </Link>
      </div>
      <div className={table.under}>
        {t('tickets.number', { number: ticket.number })} {children}
      </div>
    </td>
  );
}
