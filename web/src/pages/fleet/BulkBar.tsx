import { Button, CloseButton } from '@mantine/core';
import { IconFolder, IconLock, IconLockOpen, IconTemplate } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import classes from './BulkBar.module.css';
import type { BulkAction } from './bulk';

interface BulkBarProps {
  /** How many are picked; null is every card found. */
  count: number | null;
  /** How many cards are found in all, where that is known. */
  found: number | null;
  /** Whether more are found than are shown and picked. */
  more: boolean;
  onAll: () => void;
  onClear: () => void;
  onAct: (action: BulkAction) => void;
  /** Gives them a template's rules; absent where the cards found cannot be named for it. */
  onRules?: () => void;
}

/** What can be done to the picked cards; it stays in sight while the list scrolls. */
export function BulkBar({ count, found, more, onAll, onClear, onAct, onRules }: BulkBarProps) {
  const t = useT();
  const may = useMay();
  return (
    <div className={classes.bar} role="region" aria-label={t('fleet.picked')}>
      <p className={classes.count} role="status">
        {count === null
          ? found === null
            ? t('fleet.pickedAll')
            : t('fleet.pickedAllCount', { count: found })
          : t('fleet.pickedCount', { count })}
      </p>
      {more && count !== null && (
        <Button variant="subtle" size="compact-md" onClick={onAll}>
          {found === null ? t('fleet.pickAll') : t('fleet.pickAllCount', { count: found })}
        </Button>
      )}
      <div className={classes.acts}>
        {may('block') && (
          <Button size="sm" variant="default" leftSection={<IconLock size={17} />} onClick={() => onAct('block')}>
            {t('cards.block')}
          </Button>
        )}
        {may('unblock') && (
          <Button size="sm" variant="default" leftSection={<IconLockOpen size={17} />} onClick={() => onAct('unblock')}>
            {t('cards.unblock')}
          </Button>
        )}
        {may('editCard') && (
          <Button size="sm" variant="default" leftSection={<IconFolder size={17} />} onClick={() => onAct('group')}>
            {t('fleet.toGroup')}
          </Button>
        )}
        {may('editRules') && onRules && (
          <Button size="sm" variant="default" leftSection={<IconTemplate size={17} />} onClick={onRules}>
            {t('templates.give')}
          </Button>
        )}
      </div>
      <CloseButton className={classes.close} aria-label={t('fleet.clear')} onClick={onClear} />
    </div>
  );
}
