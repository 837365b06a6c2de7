import { useFormat, useProducts } from '@/format/useFormat';
import { useMaybe, useT } from '@/i18n/message';
import type { Entry, EntryDetails } from '@/model';
import classes from './EntryFacts.module.css';

interface LifeProps {
  life: EntryDetails['life'];
  type: Entry['type'];
  product?: string | null;
  title?: string;
}

/** What happened, in order: asked, approved, captured, returned. */
export function Life({ life, type, product, title }: LifeProps) {
  const t = useT();
  const format = useFormat();
  const maybe = useMaybe();
  const { unitOf } = useProducts();
  // A payment's money is taken back by people, a hold by the terminal.
  const nameOf = (event: string) => (type === 'payment' && event === 'reversed' ? 'payment_reversed' : event);
  return (
    <section>
      <h3 className={classes.lifeTitle}>{title ?? t('entry.life')}</h3>
      <ol className={classes.life}>
        {life.map((step) => (
          <li key={`${step.at} ${step.event} ${step.quantity}`}>
            <p>{maybe(`event.${nameOf(step.event)}`) ?? step.event}</p>
            <p className={classes.step}>
              {format.date(step.at)} {format.timeWithSeconds(step.at)}
              {step.quantity && ` · ${format.quantity(step.quantity, unitOf(product))}`}
              {step.amount && ` · ${format.roubles(step.amount)}`}
              {step.until && ` · ${t('event.until', { at: format.timeWithSeconds(step.until) })}`}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
