import { type CoursePoint, isPlottable } from './course.ts';
import { trackHours, tracksAt, type Zone, zones } from './nomogram.ts';

type Band = [from: number, to: number];

/** One position on the time axis: the extent of each zone there and, if there is one, the measured value. */
export type ChartRow = { hours: number; value?: number; id?: string } & Partial<Record<Zone, Band>>;

/** The upper end of the value axis in mg/dL: 25, or more in steps of 5 when a value needs it. */
export function chartTop(course: CoursePoint[]): number {
  const highest = Math.max(0, ...course.filter(isPlottable).map(({ mgPerDl }) => mgPerDl));
  return Math.max(25, Math.ceil((highest + 1) / 5) * 5);
}

/** The rows of the chart by hour of life: one wherever the tracks bend or a value was measured. */
export function chartRows(course: CoursePoint[]): ChartRow[] {
  const top = chartTop(course);
  const measured: ChartRow[] = course.filter(isPlottable).map(({ hours, mgPerDl, id }) => ({
    hours,
    value: mgPerDl,
    id,
    ...bandsAt(hours, top),
  }));
  const bends: ChartRow[] = trackHours.map((hours) => ({ hours, ...bandsAt(hours, top) }));
  return [...bends, ...measured].sort((a, b) => a.hours - b.hours);
}

/** Extent of each zone at an hour of life, in mg/dL; empty where there are no tracks. */
export function bandsAt(hours: number, top: number): Partial<Record<Zone, Band>> {
  const tracks = tracksAt(hours);
  if (!tracks) return {};
  const limits = [0, tracks.p40, tracks.p75, tracks.p95, top];
  return Object.fromEntries(zones.map((zone, index) => [zone, [limits[index] ?? 0, limits[index + 1] ?? top]]));
}
