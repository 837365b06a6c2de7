import { useState } from 'react';
import { scaled } from '@/format/amounts';
import classes from './Columns.module.css';

export interface Column {
  key: string;
  /** An amount; below nothing it stands as nothing. */
  size: string;
  /** What the column says when it is pointed at. */
  words: string;
}

interface ColumnsProps {
  columns: Column[];
  /** The whole in words; the columns alone say nothing to a screen reader. */
  label: string;
  /** What stands under them while none is pointed at. */
  note: string;
}

const STEPS = 1000n;

/** Amounts in a row, the greatest as high as the place. A table beside it says the same in figures. */
export function Columns({ columns, label, note }: ColumnsProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const sizes = columns.map(({ size }) => scaled(size, 2));
  const most = sizes.reduce((one, other) => (other > one ? other : one), 0n);
  const height = (size: bigint) => (most > 0n && size > 0n ? Number((size * STEPS) / most) / 10 : 0);
  return (
    <figure className={classes.figure}>
      <div className={classes.columns} role="img" aria-label={label} onPointerLeave={() => setPointed(null)}>
        {columns.map(({ key, words }, at) => (
          <div key={key} className={classes.place} onPointerEnter={() => setPointed(words)}>
            <div className={classes.column} style={{ height: `${height(sizes[at] ?? 0n)}%` }} />
          </div>
        ))}
      </div>
      <figcaption className={classes.note}>{pointed ?? note}</figcaption>
    </figure>
  );
}
