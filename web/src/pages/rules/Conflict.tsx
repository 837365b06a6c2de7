import { Button } from '@mantine/core';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import classes from './Conflict.module.css';

interface ConflictProps {
  theirs: string[];
  mine: string[];
  saving: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else saved other rules while this form was open: both stand side by side, and the person decides. */
export function Conflict({ theirs, mine, saving, onMine, onTheirs }: ConflictProps) {
  const t = useT();
  return (
    <Note
      tone="attention"
      urgent
      title={t('conflict.title')}
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
      <div className={classes.sides}>
        <Side title={t('conflict.theirs')} lines={theirs} />
        <Side title={t('conflict.mine')} lines={mine} />
      </div>
    </Note>
  );
}

function Side({ title, lines }: { title: string; lines: string[] }) {
  const t = useT();
  return (
    <div>
      <p className="muted">{title}</p>
      {lines.length > 0 ? (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : (
        <p>{t('rules.none')}</p>
      )}
    </div>
  );
}
