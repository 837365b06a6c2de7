import type { PostV1RecoveryByTokenResponse } from '@/api/types.gen';
import { useT } from '@/i18n/message';
import { Desk } from '@/pages/sign-in/Desk';
import { LinkButton } from '@/ui/LinkButton';
import classes from './recovery.module.css';
import { Ways } from './Ways';

/** How a recovery ended, and what to do now. */
export function Outcome({ outcome }: { outcome: PostV1RecoveryByTokenResponse['outcome'] }) {
  const t = useT();
  return (
    <Desk title={t(`outcomeTitle.${outcome}`)}>
      <p className={classes.intro} role="status">
        {t(`outcome.${outcome}`)}
      </p>
      {outcome === 'sent_to_staff' ? (
        <Ways claim={false} />
      ) : (
        <LinkButton to="/login" fullWidth size="md">
          {t('activation.toLogin')}
        </LinkButton>
      )}
    </Desk>
  );
}
