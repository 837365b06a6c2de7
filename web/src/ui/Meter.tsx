import classes from './Meter.module.css';

/** How much of a cap is gone. `label` says it in words; the bar alone says nothing to a screen reader. */
export function Meter({ percent, label }: { percent: number; label: string }) {
  const tone = percent >= 100 ? 'refused' : percent >= 85 ? 'attention' : 'plain';
  return (
    <div
      className={classes.track}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      aria-valuetext={label}
    >
      <div className={classes.fill} data-tone={tone} style={{ width: `${percent}%` }} />
    </div>
  );
}
