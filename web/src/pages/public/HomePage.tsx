import { IconArrowRight, IconBuildingStore, IconCreditCard, IconFlame, IconTruckDelivery } from '@tabler/icons-react';
import { Phone, useContacts } from '@/frame/contacts';
import { useT } from '@/i18n/message';
import { useTabTitle } from '@/ui/PageHead';
import { PromiseCard } from './PromiseCard';
import { LinkButton } from '@/ui/LinkButton';
import classes from './HomePage.module.css';

/** Who OKTAN is, what it does, and the way into the cabinet. */
export function HomePage() {
  const t = useT();
  const contacts = useContacts();
  useTabTitle(t('home.tab'));
  const services = [
    { Icon: IconCreditCard, title: t('home.cards'), text: t('home.cardsText') },
    { Icon: IconTruckDelivery, title: t('home.wholesale'), text: t('home.wholesaleText') },
    { Icon: IconFlame, title: t('home.gas'), text: t('home.gasText') },
    { Icon: IconBuildingStore, title: t('home.stations'), text: t('home.stationsText') },
  ];
  const phones = [
    { name: t('home.reception'), number: contacts.reception },
    { name: t('home.accounting'), number: contacts.accounting },
    { name: t('home.legal'), number: contacts.legal },
  ];
  return (
    <>
      <section className={classes.hero}>
        <div>
          <h1 className={classes.title}>{t('home.title')}</h1>
          <p className={classes.lead}>{t('home.lead')}</p>
          <div className={classes.actions}>
            <LinkButton to="/login" size="lg" rightSection={<IconArrowRight size={20} />}>
              {t('home.cabinet')}
            </LinkButton>
            <a href="#become" className={classes.second}>
              {t('home.becomeLink')}
            </a>
          </div>
        </div>
        <PromiseCard />
      </section>

      <section aria-labelledby="services" className={classes.section}>
        <h2 id="services">{t('home.services')}</h2>
        <ul className={classes.services}>
          {services.map(({ Icon, title, text }) => (
            <li key={title}>
              <Icon aria-hidden className={classes.icon} />
              <h3>{title}</h3>
              <p className="muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="become" className={`${classes.section} ${classes.split}`}>
        <div>
          <h2 id="become">{t('home.become')}</h2>
          <ol className={classes.steps}>
            <li>{t('home.step1')}</li>
            <li>{t('home.step2')}</li>
            <li>{t('home.step3')}</li>
          </ol>
          <p className="muted">{t('home.private')}</p>
        </div>
        <div>
          <h2>{t('home.contacts')}</h2>
          <dl className={classes.phones}>
            {phones.map(({ name, number }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <Phone number={number} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </section>
    </>
  );
}
