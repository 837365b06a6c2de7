import { Link } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import classes from '@/ui/ChoiceLinks.module.css';
import { useMay } from '@/session/may';

/** Stations, what they sell, and for how much. */
export function CatalogueLinks() {
  const t = useT();
  const may = useMay();
  const pages = [
    { to: '/staff/stations', label: t('frame.stations') },
    { to: '/staff/prices', label: t('prices.title') },
    { to: '/staff/products', label: t('products.title') },
  ] as const;
  if (!may('seeCompanies')) return null;
  return (
    <nav className={classes.links} aria-label={t('products.pages')}>
      {pages.map(({ to, label }) => (
        <Link key={to} to={to} className={classes.link}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
