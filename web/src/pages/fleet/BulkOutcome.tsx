import { Button, CloseButton } from '@mantine/core';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { failures, type Outcome } from './bulk';
import { Failures } from './Failures';
import classes from './BulkOutcome.module.css';

interface BulkOutcomeProps {
  outcome: Outcome;
  nameOf: (number: string) => string | undefined;
  onClose: () => void;
  onUndo?: () => void;
  undoing: boolean;
}

/** What came of the cards: how many are as asked, which are not and why. */
export function BulkOutcome({ outcome, nameOf, onClose, onUndo, undoing }: BulkOutcomeProps) {
  const t = useT();
  const failed = failures(outcome);
  const good = outcome.results.filter(({ ok }) => ok).length;
  const changed = outcome.results.filter((one) => one.changed).length;
  return (
    <div className={classes.outcome}>
      <Note
        tone={failed.size > 0 ? 'attention' : 'quiet'}
        title={t(`fleet.did.${outcome.action}`, { count: good })}
        urgent
        actions={
          onUndo &&
          changed > 0 && (
            <Button variant="default" size="compact-md" loading={undoing} onClick={onUndo}>
              {t('fleet.undo', { count: changed })}
            </Button>
          )
        }
      >
        {good > changed && <p>{t('fleet.wereSo', { count: good - changed })}</p>}
        {failed.size > 0 && <Failures failed={failed} nameOf={nameOf} />}
      </Note>
      <CloseButton className={classes.close} aria-label={t('fleet.hide')} onClick={onClose} />
    </div>
  );
}
