import { Button } from '@mantine/core';
import { useT } from '@/i18n/message';
import classes from './SaveBar.module.css';

interface SaveBarProps {
  /** What the button that saves says. */
  save: string;
  dirty: boolean;
  saving: boolean;
  disabled?: boolean;
  onDiscard: () => void;
  /** Whether discarding leaves the form, so that there is a way out of an untouched one. */
  leave?: boolean;
}

/** Stays in sight under a long form: whether there is something to save, and the way back. */
export function SaveBar({ save, dirty, saving, disabled = false, onDiscard, leave = false }: SaveBarProps) {
  const t = useT();
  return (
    <div className={classes.bar}>
      <span className="muted" role="status">
        {t(dirty ? 'rules.unsaved' : 'rules.unchanged')}
      </span>
      <Button variant="default" disabled={!dirty && !leave} onClick={onDiscard}>
        {t(leave ? 'common.cancel' : 'rules.discard')}
      </Button>
      <Button type="submit" disabled={!dirty || disabled} loading={saving}>
        {save}
      </Button>
    </div>
  );
}
