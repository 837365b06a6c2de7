import { useT } from '@/i18n/message';
import classes from './Logo.module.css';

/** The octagon is the number in the company's name; the drop is what it sells. */
export function Logo() {
  const t = useT();
  return (
    <span className={classes.logo}>
      <svg viewBox="0 0 32 32" aria-hidden className={classes.mark}>
        <path className={classes.plate} d="M9.4 1h13.2L31 9.4v13.2L22.6 31H9.4L1 22.6V9.4z" />
        <path className={classes.drop} d="M16 6.500c3.400 4.300 6 7.500 6 11a6 6 0 0 1-12 0c0-3.500 2.600-6.700 6-11z" />
      </svg>
      <span className={classes.name}>{t('frame.brand')}</span>
    </span>
  );
}
