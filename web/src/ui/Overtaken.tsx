import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/message';
import { Note } from './Note';

interface OvertakenProps {
  title: string;
  saving: boolean;
  onMine: () => void;
  onTheirs: () => void;
  /** What stands there now. */
  children: ReactNode;
}

/** Somebody else saved while this form was open: what they saved, and the choice between it and one's own. */
export function Overtaken({ title, saving, onMine, onTheirs, children }: OvertakenProps) {
  const t = useT();
  return (
    <Note
      tone="attention"
      urgent
      title={title}
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
      {children}
    </Note>
  );
}
