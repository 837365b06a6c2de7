import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { scaled } from '@/format/amounts';
import { roundSteps, withRoom } from './axis';
import classes from './Columns.module.css';

export interface Column {
  key: string;
  /** An amount; below nothing it stands as nothing. */
  size: string;
  /** What the column says when it is pointed at. */
  words: string;
  /** What stands under it, where there is room. */
  name?: string;
}

interface ColumnsProps {
  columns: Column[];
  /** The whole in words; the columns alone say nothing to a screen reader. */
  label: string;
  /** What stands under them while none is pointed at. */
  note: string;
  /** How an amount is written beside the columns; without it they have no axes. */
  amount?: (kopecks: bigint) => string;
}

const STEPS = 1000n;
/** Narrower than this a column is neither seen nor hit: then they scroll in their place. */
const LEAST_PX = 2;

/** Amounts in a row, the greatest as high as the place. A table beside it says the same in figures. */
export function Columns({ columns, label, note, amount }: ColumnsProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width: room } = useElementSize<HTMLDivElement>();
  const place = useMergedRef(measured, scroller);
  const count = columns.length;
  const width = Math.max(room, count * LEAST_PX);
  const sizes = columns.map(({ size }) => scaled(size, 2));
  const most = sizes.reduce((one, other) => (other > one ? other : one), 0n);
  const lines = amount ? roundSteps(most) : [];
  const top = lines.at(-1) ?? most;
  const height = (size: bigint) => (top > 0n && size > 0n ? Number((size * STEPS) / top) / 10 : 0);
  const named = columns.flatMap(({ name }, at) => (name ? [at] : []));
  // The newest stand at the end.
  useEffect(() => {
    scroller.current?.scrollTo({ left: width });
  }, [width]);
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width: whole } = event.currentTarget.getBoundingClientRect();
    setPointed(Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - left) * count) / whole))));
  };
  const leave = (event: PointerEvent) => {
    // A finger is lifted to read what it pointed at.
    if (event.pointerType === 'mouse') setPointed(null);
  };
  const scrolls = room > 0 && width > room;
  return (
    <figure className={classes.figure} data-axes={amount ? true : undefined}>
      <div className={classes.plot}>
        {amount && (
          <div className={classes.amounts} aria-hidden>
            {lines.map((line) => (
              <span key={String(line)} style={{ bottom: `${height(line)}%` }}>
                {amount(line)}
              </span>
            ))}
            {/* As wide as the widest. */}
            <span className={classes.widest}>{amount(top)}</span>
          </div>
        )}
        <div ref={place} className={classes.scroller} {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}>
          <div style={{ minWidth: count * LEAST_PX }}>
            <div className={classes.columns} role="img" aria-label={label} onPointerDown={point} onPointerMove={point} onPointerLeave={leave}>
              {lines.map((line) => (
                <div key={String(line)} className={classes.line} style={{ bottom: `${height(line)}%` }} />
              ))}
              {columns.map(({ key }, at) => (
                <div key={key} className={classes.place} data-pointed={at === pointed ? true : undefined}>
                  <div className={classes.column} style={{ height: `${height(sizes[at] ?? 0n)}%` }} />
                </div>
              ))}
            </div>
            {named.length > 0 && (
              <div className={classes.names} aria-hidden>
                {withRoom(named, count, width).map(({ at, left }) => (
                  <span key={columns[at]?.key} style={{ left }}>
                    {columns[at]?.name}
                  </span>
                ))}
              </div>
            )}
          </div>
        </div>
      </div>
      <figcaption className={classes.note}>{columns[pointed ?? -1]?.words ?? note}</figcaption>
    </figure>
  );
}
