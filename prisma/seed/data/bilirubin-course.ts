/**
 * Total serum bilirubin of `Patient/BILIBABY` in mg/dL by hours of life. It climbs through the high-intermediate zone of
 * the hour-specific nomogram into the high one and falls once phototherapy runs.
 * @see https://doi.org/10.1542/peds.103.1.6
 */
export const bilirubinCourse: readonly (readonly [hours: number, value: number])[] = [
  [6, 2.7],
  [12, 4.4],
  [18, 5.9],
  [24, 7.4],
  [30, 9.3],
  [36, 11.5],
  [42, 13.2],
  [48, 14.7],
  [54, 15.1],
  [60, 14.2],
  [66, 13.1],
  [72, 12],
  [78, 10.9],
  [84, 10.1],
];

/** Start and end of phototherapy, in hours of life. */
export const phototherapy = { from: 49, to: 79 };

/** Upper reference limits for term newborns by hours of life, as laboratories state them. */
export const newbornBilirubinLimits: readonly (readonly [untilHours: number, high: number])[] = [
  [24, 8.7],
  [48, 11.5],
  [Number.POSITIVE_INFINITY, 12],
];
