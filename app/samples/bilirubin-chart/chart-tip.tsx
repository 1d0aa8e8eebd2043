import type { ChartRow } from './chart-rows.ts';
import styles from './chart-tip.module.css';
import { tracksAt, zoneNames, zoneOf } from './nomogram.ts';
import { hoursText, mgText } from './words.ts';

/** The tooltip for an hour: the value measured then, and the percentile tracks. */
export function ChartTip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const row = payload?.[0]?.payload as ChartRow | undefined;
  if (!active || !row) return null;
  const tracks = tracksAt(row.hours);
  const zone = row.value === undefined ? null : zoneOf(row.hours, row.value);
  return (
    <div className={styles.tip}>
      <p>{hoursText(row.hours)} of life</p>
      {row.value === undefined ? null : (
        <p className={styles.tipValue}>
          {mgText(row.value)} mg/dL{zone ? ` · ${zoneNames[zone]}` : ''}
        </p>
      )}
      {tracks ? (
        <p className={styles.tipTracks}>
          40th {mgText(tracks.p40)} · 75th {mgText(tracks.p75)} · 95th {mgText(tracks.p95)}
        </p>
      ) : null}
    </div>
  );
}
