import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from './Note';

interface ActDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What the button says: the act itself, never «OK». */
  submit: string;
  onSubmit: () => void;
  /** The request behind the button. */
  act: { isPending: boolean; error: unknown };
  /** Whether the refusal is said beside its field already. */
  marked?: boolean;
  /** For what takes something away. */
  destructive?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

/** A window that says what will happen, asks what it needs to know, and does it. */
export function ActDialog(props: ActDialogProps) {
  const t = useT();
  const { say } = useProblem();
  const { opened, onClose, title, submit, onSubmit, act, marked = false, destructive = false, disabled = false, children } = props;
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={onForm} noValidate>
        <Stack>
          {Boolean(act.error) && !marked && (
            <Note tone="refused" urgent>
              {say(act.error)}
            </Note>
          )}
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color={destructive ? 'red' : undefined} loading={act.isPending} disabled={disabled}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
