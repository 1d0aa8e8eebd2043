import type { Birth } from '../smart/birth.ts';
import { firstHour, lastHour, type Zone, zoneOf } from './nomogram.ts';
import type { Measurement } from './observation.ts';

/** A measurement with the values derived from its hour of life. */
export interface CoursePoint extends Measurement {
  hours: number | null;
  zone: Zone | null;
  /** Change since the previous comparable measurement, mg/dL per hour. */
  perHour: number | null;
  /** Whether that rise is one the 2022 AAP guideline calls rapid. */
  rapid: boolean;
}

/** Hours between birth and a moment; negative before birth. */
export function hoursOfLife(birth: Date, at: Date): number {
  return (at.getTime() - birth.getTime()) / 3_600_000;
}

/** The course of a patient's bilirubin: every measurement with its hour of life, risk zone and change per hour. */
export function courseOf(measurements: Measurement[], birth: Birth | null): CoursePoint[] {
  const comparable = measurements.filter(({ mgPerDl, at }) => mgPerDl !== null && at !== null);
  return measurements.map((measurement) => {
    const previous = comparable[comparable.indexOf(measurement) - 1];
    const hours = birth && measurement.at ? hoursOfLife(birth.at, measurement.at) : null;
    const perHour = previous ? changePerHour(previous, measurement) : null;
    return { ...measurement, hours, perHour, rapid: isRapid(perHour, hours), ...zoneAt(measurement, hours) };
  });
}

function zoneAt({ mgPerDl, problem }: Measurement, hours: number | null): Pick<CoursePoint, 'zone' | 'problem'> {
  if (hours === null || mgPerDl === null) return { zone: null, problem };
  return { zone: zoneOf(hours, mgPerDl), problem: hours < 0 ? 'Before the recorded birth' : problem };
}

/** Change between two measurements in mg/dL per hour; null when either cannot be compared or no time lies between. */
function changePerHour(from: Measurement, to: Measurement): number | null {
  if (from.mgPerDl === null || to.mgPerDl === null || !from.at || !to.at) return null;
  const hours = hoursOfLife(from.at, to.at);
  return hours > 0 ? (to.mgPerDl - from.mgPerDl) / hours : null;
}

/**
 * Whether a rise suggests haemolysis: at least 0.3 mg/dL per hour in the first 24 hours, 0.2 after.
 * @see https://doi.org/10.1542/peds.2022-058859 Kemper et al., Pediatrics 2022, key action statement 7
 */
export function isRapid(perHour: number | null, hours: number | null): boolean {
  if (perHour === null || hours === null || hours > lastHour) return false;
  // Differences of decimal fractions fall just short of the limit in floating point.
  return perHour + 1e-9 >= (hours <= 24 ? 0.3 : 0.2);
}

/** Whether a point can be drawn over the nomogram's time axis, which begins at birth. */
export function isPlottable(point: CoursePoint): point is CoursePoint & { hours: number; mgPerDl: number } {
  return point.mgPerDl !== null && point.hours !== null && point.hours >= 0 && point.hours <= lastHour;
}

/** Why a comparable measurement has no risk zone. */
export function withoutZone(hours: number): string | null {
  if (hours < firstHour) return `Before ${firstHour} h: no percentile track`;
  return hours > lastHour ? `After ${lastHour} h: no percentile track` : null;
}
