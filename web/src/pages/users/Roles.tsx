import { useT } from '@/i18n/message';
import { Panel } from '@/ui/Panel';
import { CLIENT_ROLES } from '@/ui/trade/people/person';
import classes from './UsersPage.module.css';

/** What each role may do, in words. */
export function Roles() {
  const t = useT();
  return (
    <Panel title={t('people.rolesTitle')}>
      <dl className={classes.roles}>
        {CLIENT_ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd className="muted">{t(`people.may.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
