import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { isRefused } from '@/http/refused';
import { useOnce } from '@/http/useOnce';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { TicketDetails } from '@/model';
import { useDraft } from '@/session/drafts';
import { Note } from '@/ui/Note';
import { useAuthor } from './Conversation';
import { newSince } from './newSince';
import classes from './tickets.module.css';

interface AnswerBoxProps {
  ticket: TicketDetails;
  label: string;
  send: (body: string, key: string) => Promise<unknown>;
  /** What else may be done, beside the button. */
  others?: ReactNode;
  /** The way on where the conversation is as long as it may be. */
  another?: ReactNode;
}

/** Where one answers. What is typed outlives the page; whoever wrote meanwhile is told of before it is sent. */
export function AnswerBox({ ticket, label, send, others, another }: AnswerBoxProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const nameOf = useAuthor();
  const once = useOnce();
  const [body, setBody] = useDraft(`ticket ${ticket.id}`);
  // How much of the conversation there was when the answer was begun.
  const [begun, setBegun] = useState(ticket.message_count);
  const sending = useMutation({
    mutationFn: (words: string) => send(words, once.keyOf(words)),
    onSuccess: () => {
      once.through();
      setBody('');
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const meanwhile = body === '' ? undefined : newSince(ticket.messages, begun);

  const words = body.trim();
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (words !== '' && !sending.isPending) sending.mutate(words);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  const errors = fieldErrors(sending.error);
  return (
    <form onSubmit={submit} noValidate className={classes.answer}>
      {meanwhile && (
        <Note tone="attention" urgent>
          {t('tickets.meanwhile', { name: nameOf(meanwhile.author) })}
        </Note>
      )}
      <Textarea
        label={label}
        description={t('tickets.sendNote')}
        rows={4}
        value={body}
        error={errors.body}
        onChange={(event) => {
          if (body === '') setBegun(ticket.message_count);
          setBody(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      {sending.isError && !errors.body && (
        <Note tone="refused" urgent actions={isRefused(sending.error, 'ticket_full') && another}>
          {say(sending.error)}
        </Note>
      )}
      <div className={classes.acts}>
        <Button type="submit" leftSection={<IconSend size={18} aria-hidden />} loading={sending.isPending} disabled={words === ''}>
          {t('tickets.send')}
        </Button>
        {others}
      </div>
    </form>
  );
}
