import { Button } from '@mantine/core';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import classes from './content.module.css';

interface MeanwhileProps {
  /** What stands there now, part by part. */
  theirs: string[];
  saving: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else was quicker: what they wrote, and the choice between it and one's own. */
export function Meanwhile({ theirs, saving, onMine, onTheirs }: MeanwhileProps) {
  const t = useT();
  return (
    <Note
      tone="attention"
      urgent
      title={t('meanwhile.title')}
      actions={
        <>
          <Button size="sm" loading={saving} onClick={onMine}>
            {t('conflict.saveMine')}
          </Button>
          <Button size="sm" variant="default" onClick={onTheirs}>
            {t('conflict.takeTheirs')}
          </Button>
        </>
      }
    >
      {theirs.filter(Boolean).map((part) => (
        <p key={part} className={classes.theirs}>
          {part}
        </p>
      ))}
    </Note>
  );
}
