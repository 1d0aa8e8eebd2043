import type { TypedValue } from '@medplum/core';
import type { LocationPosition } from 'fhir/r4';

/** A point on the earth's surface, in degrees (WGS84). */
export interface IndexedPosition {
  latitude: number;
  longitude: number;
}

/** The position of a Location; none when latitude or longitude is out of range. */
export function positionsOf({ value }: TypedValue): IndexedPosition[] {
  const { latitude, longitude } = (value ?? {}) as Partial<LocationPosition>;
  return within(latitude, 90) && within(longitude, 180) ? [{ latitude, longitude }] : [];
}

function within(degrees: unknown, max: number): degrees is number {
  return typeof degrees === 'number' && Math.abs(degrees) <= max;
}
