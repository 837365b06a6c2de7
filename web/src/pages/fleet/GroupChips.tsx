import { useQuery } from '@tanstack/react-query';
import { useT } from '@/i18n/message';
import { useSource } from '@/source/source';
import classes from '@/ui/ChoiceLinks.module.css';

interface GroupChipsProps {
  chosen: string | undefined;
  onChoose: (group: string | undefined) => void;
}

/** More groups than this are a list. */
export const CHIPS_MAX = 8;

/** The company's groups with how many cards are in each; many of them are a list in the filters instead. */
export function GroupChips({ chosen, onChoose }: GroupChipsProps) {
  const t = useT();
  const { data } = useQuery(useSource().groups());
  const groups = data?.filter(({ group, cards }) => group !== '' && cards !== null) ?? [];
  if (groups.length === 0 || groups.length > CHIPS_MAX) return null;
  const all = data?.reduce((sum, { cards }) => sum + (cards ?? 0), 0) ?? 0;
  return (
    <div className={classes.links} role="group" aria-label={t('cards.group')}>
      <button type="button" className={classes.link} aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        {t('cards.anyGroup')} <span className={classes.many}>{all}</span>
      </button>
      {groups.map(({ group, cards }) => (
        <button
          key={group}
          type="button"
          className={classes.link}
          aria-pressed={chosen === group}
          onClick={() => onChoose(chosen === group ? undefined : group)}
        >
          {group} <span className={classes.many}>{cards}</span>
        </button>
      ))}
    </div>
  );
}
