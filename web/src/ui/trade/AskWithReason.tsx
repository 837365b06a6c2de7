import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type FormEvent, type ReactNode } from 'react';
import { inOneLine } from '@/format/inOneLine';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';

interface AskWithReasonProps {
  /** What the button says that opens the form. */
  button: string;
  icon: ReactNode;
  title: string;
  /** What comes of it. */
  note: ReactNode;
  tone?: 'attention';
  /** How the reason is asked for, and how long it may be. */
  label: string;
  description?: string;
  maxLength: number;
  reason: string;
  onReason: (reason: string) => void;
  submit: string;
  destructive?: boolean;
  /** The request behind the form. */
  act: { isPending: boolean; error: unknown; reset: () => void };
  /** Asks with the reason in one line; `close` is for when it is done. */
  onSubmit: (reason: string, close: () => void) => void;
}

/** Where one writes next: the button that was pressed is gone. */
const intoFocus = (field: HTMLTextAreaElement | null) => field?.focus();

/** Asks for something with a reason; where it stands, for the operation is shown in a window already. */
export function AskWithReason(props: AskWithReasonProps) {
  const t = useT();
  const { say, fieldErrors } = useProblem();
  const [opened, form] = useDisclosure(false);
  const [tried, setTried] = useState(false);
  const { button, icon, title, note, tone, label, description, maxLength, reason, onReason, submit, destructive, act, onSubmit } = props;
  const refused = fieldErrors(act.error);
  const kept = inOneLine(reason);
  const open = () => {
    act.reset();
    setTried(false);
    form.open();
  };
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (kept) onSubmit(kept, form.close);
  };

  if (!opened) {
    return (
      <div>
        <Button variant="default" leftSection={icon} onClick={open}>
          {button}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={onForm} noValidate aria-label={title}>
      <Stack>
        {Boolean(act.error) && Object.keys(refused).length === 0 && (
          <Note tone="refused" urgent>
            {say(act.error)}
          </Note>
        )}
        <Note tone={tone} title={title}>
          {note}
        </Note>
        <Textarea
          label={label}
          description={description}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={maxLength}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
          error={tried && kept === '' ? t('field.required') : refused.reason}
          ref={intoFocus}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={form.close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color={destructive ? 'red' : undefined} loading={act.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
