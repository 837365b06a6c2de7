import { useEffect, useRef } from 'react';
import { useFormat } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import type { TicketMessage } from '@/model';
import classes from './tickets.module.css';

/** Who wrote: by name where the reader is told it, else by their side. */
export function useAuthor(): (author: TicketMessage['author']) => string {
  const t = useT();
  const maybe = useMaybe();
  return (author) => author.full_name ?? (author.kind === 'staff' ? t('tickets.staffAuthor') : (maybe(`role.${author.role}`) ?? author.role));
}

/** What was said, the first first; what comes while it is open is read out, and the last is what one sees on coming in. */
export function Conversation({ messages }: { messages: TicketMessage[] }) {
  const t = useT();
  const maybe = useMaybe();
  const format = useFormat();
  const nameOf = useAuthor();
  const last = useRef<HTMLLIElement>(null);
  const count = messages.length;
  const shown = useRef(0);
  useEffect(() => {
    // The only message is read from its beginning.
    if (count > 1 && count > shown.current) last.current?.scrollIntoView({ block: 'nearest' });
    shown.current = count;
  }, [count]);
  return (
    <div role="log" aria-label={t('tickets.talk')}>
      <ol className={classes.messages}>
        {messages.map(({ n, at, author, body }) => (
          <li key={n} ref={n === messages.at(-1)?.n ? last : undefined} className={classes.message} data-kind={author.kind}>
            <p className={classes.head}>
              <strong>{nameOf(author)}</strong>
              {author.full_name && <span className="muted">{maybe(`role.${author.role}`) ?? author.role}</span>}
              {author.me && <span className="muted">({t('tickets.you')})</span>}
              <time dateTime={at} className={classes.at}>
                {format.dateTime(at)}
              </time>
            </p>
            <p className={classes.body}>{body}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
