/** The risk zones between the percentile tracks, lowest first. */
export const zones = ['low', 'low-intermediate', 'high-intermediate', 'high'] as const;
export type Zone = (typeof zones)[number];

export const zoneNames: Record<Zone, string> = {
  low: 'Low',
  'low-intermediate': 'Low-intermediate',
  'high-intermediate': 'High-intermediate',
  high: 'High',
};

/** Total serum bilirubin in mg/dL at the 40th, 75th and 95th percentile. */
export interface Tracks {
  p40: number;
  p75: number;
  p95: number;
}

/** Range of hours of life that the tracks cover. */
export const firstHour = 12;
export const lastHour = 144;

/**
 * Hours of life, then the 40th, 75th and 95th percentile in mg/dL, read off the published curves by eye.
 * @see https://doi.org/10.1542/peds.103.1.6 Bhutani, Johnson, Sivieri: Pediatrics 1999;103:6-14, figure 2
 */
const points: readonly (readonly [number, number, number, number])[] = [
  [12, 4, 5, 7],
  [24, 5, 6, 8],
  [36, 7, 9, 11.9],
  [48, 8.6, 10.9, 13.2],
  [60, 9.6, 12.6, 15.2],
  [72, 11.1, 13.4, 16],
  [84, 11.8, 14.6, 16.7],
  [96, 12.4, 15.2, 17.4],
  [120, 13.2, 15.8, 17.6],
  [144, 13.2, 15.6, 17.5],
];

/** The hours at which the tracks bend. */
export const trackHours: readonly number[] = points.map(([hours]) => hours);

/** The tracks at an hour of life, linear between the points; null outside 12 to 144 hours. */
export function tracksAt(hours: number): Tracks | null {
  const after = points.findIndex(([at]) => at >= hours);
  const right = points[after];
  if (!right || hours < firstHour) return null;
  const left = points[after - 1] ?? right;
  const share = right[0] === left[0] ? 0 : (hours - left[0]) / (right[0] - left[0]);
  const between = (from: number, to: number) => from + share * (to - from);
  return { p40: between(left[1], right[1]), p75: between(left[2], right[2]), p95: between(left[3], right[3]) };
}

/** The risk zone of a value in mg/dL at an hour of life; a value on a track belongs to the zone above it. */
export function zoneOf(hours: number, mgPerDl: number): Zone | null {
  const tracks = tracksAt(hours);
  if (!tracks) return null;
  if (mgPerDl >= tracks.p95) return 'high';
  if (mgPerDl >= tracks.p75) return 'high-intermediate';
  return mgPerDl >= tracks.p40 ? 'low-intermediate' : 'low';
}
