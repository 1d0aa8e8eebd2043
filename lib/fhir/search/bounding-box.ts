import type { NearValue } from './near.ts';

/** Mean radius of the earth in metres; treating it as a sphere is wrong by half a percent at most. */
export const earthRadius = 6_371_008.8;

/**
 * Bounds in degrees; `west` exceeds `east` across the date line, and `meridians` is absent when all of them are meant.
 */
export interface BoundingBox {
  south: number;
  north: number;
  meridians?: { west: number; east: number };
}

/** Degrees added on each side, about a tenth of a metre, so that rounding excludes nothing. */
const slack = 1e-6;

/** The smallest box that contains every point within the distance; around a pole it spans all meridians. */
export function boundingBox({ latitude, longitude, metres }: NearValue): BoundingBox {
  const angle = metres / earthRadius;
  const [south, north] = [latitude - degrees(angle) - slack, latitude + degrees(angle) + slack];
  if (south <= -90 || north >= 90) return { south, north };
  const width = degrees(Math.asin(Math.sin(angle) / Math.cos(radians(latitude)))) + slack;
  return { south, north, meridians: { west: wrapped(longitude - width), east: wrapped(longitude + width) } };
}

export function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}

function wrapped(longitude: number): number {
  if (longitude < -180) return longitude + 360;
  return longitude > 180 ? longitude - 360 : longitude;
}
