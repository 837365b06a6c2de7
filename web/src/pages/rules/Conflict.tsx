import { Button } from '@mantine/core';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { Sides } from '@/ui/trade/Sides';

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
      <Sides left={{ title: t('conflict.theirs'), lines: theirs }} right={{ title: t('conflict.mine'), lines: mine }} />
    </Note>
  );
}
