import { IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getV1PublicContactsOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import classes from './contacts.module.css';

/** The printed numbers stand even when the server does not answer: that is when somebody needs to call. */
const PRINTED = { reception: '8-865-228-09-47', accounting: '8-865-228-09-48', legal: '8-865-229-81-83' };

export function useContacts() {
  const { data } = useQuery({ ...getV1PublicContactsOptions(), staleTime: 60 * 60_000, retry: false });
  const phones = { ...PRINTED, ...data };
  return { ...phones, duty: data?.duty_phone ?? phones.reception };
}

/** A number that calls when pressed. Numbers are written from inside the country, with the trunk 8. */
export function Phone({ number }: { number: string }) {
  const dialled = number.replace(/\D/g, '').replace(/^8/, '+7');
  return (
    <a href={`tel:${dialled}`} className={classes.phone}>
      {number}
    </a>
  );
}

/** The phone somebody answers at any hour; on every page. */
export function DutyPhone() {
  const t = useT();
  const { duty } = useContacts();
  return (
    <p className={classes.duty}>
      <IconPhone aria-hidden className={classes.icon} />
      <span>
        {t('frame.dutyPhone')} <Phone number={duty} />
      </span>
    </p>
  );
}
