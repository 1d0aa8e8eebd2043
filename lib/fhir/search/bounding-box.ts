import type { NearValue } from './near.ts';

/** Mean radius of the earth in metres: a sphere of this size is off by half a percent at most. */
export const earthRadius = 6_371_008.8;

/** Parallels, and meridians unless all of them are meant; across the date line `west` is greater than `east`. */
export interface BoundingBox {
  south: number;
  north: number;
  meridians?: { west: number; east: number };
}

/** So that rounding cuts off nothing: a tenth of a metre. */
const slack = 1e-6;

/** Degrees between which all lies that is so near; around a pole that is every meridian. */
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
