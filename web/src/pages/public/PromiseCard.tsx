import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Meter } from '@/ui/Meter';
import classes from './PromiseCard.module.css';

/** A picture of the cabinet's one answer, drawn with the cabinet's own parts; the figures are an example. */
export function PromiseCard() {
  const t = useT();
  const format = useFormat();
  return (
    <figure className={classes.figure}>
      <div className={classes.card}>
        <p className={classes.label}>{t('card.canFuelNow')}</p>
        <p className={classes.value}>{format.quantity('31.500', 'litre')}</p>
        <p className={classes.reason}>{t('home.exampleReason')}</p>
        <Meter percent={47.5} label={t('home.exampleMeter', { used: format.quantity('28.500', 'litre'), cap: format.quantity('60.000', 'litre') })} />
        <p className={classes.under}>
          <span>{t('home.exampleUsed', { used: format.quantity('28.500', 'litre') })}</span>
          <span>{t('home.exampleReset')}</span>
        </p>
      </div>
      <figcaption>{t('home.exampleCaption')}</figcaption>
    </figure>
  );
}
