import { useT } from '@/i18n/message';
import { Overtaken } from '@/ui/Overtaken';
import classes from './content.module.css';

interface MeanwhileProps {
  /** What stands there now, part by part. */
  theirs: string[];
  saving: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else was quicker: what they wrote, in its own lines. */
export function Meanwhile({ theirs, saving, onMine, onTheirs }: MeanwhileProps) {
  const t = useT();
  return (
    <Overtaken title={t('meanwhile.title')} saving={saving} onMine={onMine} onTheirs={onTheirs}>
      {theirs.filter(Boolean).map((part) => (
        <p key={part} className={classes.theirs}>
          {part}
        </p>
      ))}
    </Overtaken>
  );
}
