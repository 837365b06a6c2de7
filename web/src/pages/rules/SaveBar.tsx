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
}

/** Stays in sight under a long form: whether there is something to save, and the way back. */
export function SaveBar({ save, dirty, saving, disabled = false, onDiscard }: SaveBarProps) {
  const t = useT();
  return (
    <div className={classes.bar}>
      <span className="muted" role="status">
        {t(dirty ? 'rules.unsaved' : 'rules.unchanged')}
      </span>
      <Button variant="default" disabled={!dirty} onClick={onDiscard}>
        {t('rules.discard')}
      </Button>
      <Button type="submit" disabled={!dirty || disabled} loading={saving}>
        {save}
      </Button>
    </div>
  );
}
