import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/message';
import classes from './Pick.module.css';
import type { Selection } from './useSelection';

/** A column's name, and before it the box of all rows shown where rows can be picked. */
export function PickAll({ selection, children }: { selection?: Selection; children: ReactNode }) {
  const t = useT();
  return (
    <span className={classes.pickable}>
      {selection && (
        <Checkbox
          size="sm"
          aria-label={t('fleet.pickShown')}
          checked={selection.shown === 'all'}
          indeterminate={selection.shown === 'some'}
          onChange={selection.toggleShown}
        />
      )}
      {children}
    </span>
  );
}

interface PickOneProps {
  selection?: Selection;
  /** What the selection knows the row by. */
  id: string;
  /** What people know it by. */
  name: string;
  children: ReactNode;
}

/** What names a row, and before it the row's box; with Shift, of all rows since the one before. */
export function PickOne({ selection, id, name, children }: PickOneProps) {
  const t = useT();
  return (
    <div className={classes.pickable}>
      {selection && (
        <Checkbox
          size="sm"
          data-pick
          className={classes.pick}
          aria-label={t('fleet.pick', { name })}
          checked={selection.picked.has(id)}
          onChange={(event) => selection.toggle(id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      )}
      <div>{children}</div>
    </div>
  );
}

/** What a table's row is given to show that it is picked. */
export const pickedRow = (selection: Selection | undefined, id: string) => ({
  className: classes.row,
  'data-picked': selection?.picked.has(id) || undefined,
});
