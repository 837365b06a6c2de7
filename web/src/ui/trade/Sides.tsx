import { useT } from '@/i18n/message';
import classes from './Sides.module.css';

interface Side {
  title: string;
  /** Rules in words; none of them is a card without restrictions. */
  lines: string[];
}

/** Two sets of rules side by side. */
export function Sides({ left, right }: { left: Side; right: Side }) {
  const t = useT();
  return (
    <div className={classes.sides}>
      {[left, right].map(({ title, lines }) => (
        <div key={title}>
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
      ))}
    </div>
  );
}
