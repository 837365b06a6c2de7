import classes from './Bar.module.css';

export interface BarPart {
  /** A whole number; the parts are as wide as they are to each other, so together they always fill the bar. */
  size: bigint;
  tone: 'used' | 'held' | 'left' | 'reserve' | 'over';
}

/** What a whole is made of. `label` says it in words; the bar alone says nothing to a screen reader. */
export function Bar({ parts, label, thin = false }: { parts: BarPart[]; label: string; thin?: boolean }) {
  return (
    <div className={classes.bar} role="img" aria-label={label} data-thin={thin || undefined}>
      {parts
        .filter(({ size }) => size > 0n)
        .map(({ size, tone }) => (
          <div key={tone} className={classes.part} data-tone={tone} style={{ flexGrow: Number(size) }} />
        ))}
    </div>
  );
}
