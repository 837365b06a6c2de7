import type { KeyboardEventHandler, ReactNode } from 'react';
import { walkRows } from './keys';
import classes from './table.module.css';

interface TableProps {
  /** What is listed, for those who do not see the page's headings. */
  label: string;
  /** Cells of the heading row. */
  head: ReactNode;
  /** Rows; the main link or button of each is marked `data-row`, and the arrows move between them. */
  children: ReactNode;
}

/** A table that scrolls sideways when it must; on a phone its rows become small cards. */
export function Table({ label, head, children }: TableProps) {
  const onKeyDown: KeyboardEventHandler<HTMLTableSectionElement> = walkRows;
  return (
    // A region that can scroll must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>{head}</tr>
        </thead>
        {/* The arrows are an addition: every row's link is reached by Tab as well. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody onKeyDown={onKeyDown}>{children}</tbody>
      </table>
    </div>
  );
}
