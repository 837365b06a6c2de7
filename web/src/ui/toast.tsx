import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconX } from '@tabler/icons-react';
import classes from './toast.module.css';

export function toastDone(message: string) {
  notifications.show({ message, icon: <IconCheck size={18} />, color: 'petrol' });
}

export function toastFailed(message: string) {
  notifications.show({ message, icon: <IconX size={18} />, color: 'red', autoClose: 8_000, role: 'alert' });
}

/** Says what was done and offers to take it back for as long as it stands there. */
export function toastUndo(message: string, undoLabel: string, undo: () => void) {
  const id = notifications.show({
    message: (
      <div className={classes.undo}>
        <span>{message}</span>
        <Button
          variant="light"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {undoLabel}
        </Button>
      </div>
    ),
    icon: <IconCheck size={18} />,
    color: 'petrol',
    autoClose: 10_000,
  });
}
