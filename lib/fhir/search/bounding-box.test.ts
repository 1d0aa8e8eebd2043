import { expect, it } from 'vitest';
import { boundingBox, earthRadius } from './bounding-box.ts';

const degree = (earthRadius * Math.PI) / 180;

it.each([
  ['at the equator', [0, 0, 1], [-1, 1, -1, 1]],
  ['where meridians are close', [60, 10, 1], [59, 61, 8, 12]],
  ['across the date line, from the west', [0, 179.5, 1], [-1, 1, 178.5, -179.5]],
  ['across the date line, from the east', [0, -180, 1], [-1, 1, 179, -179]],
  ['around the north pole', [89.5, 40, 1], [88.5, 90.5]],
  ['around the south pole', [-90, 0, 1], [-91, -89]],
  ['all around', [0, 0, 200], [-200, 200]],
])('lies %s', (_, [latitude = 0, longitude = 0, distance = 0], expected) => {
  const { south, north, meridians } = boundingBox({ latitude, longitude, metres: distance * degree });
  const found = [south, north, ...(meridians ? [meridians.west, meridians.east] : [])];
  expect(found.map((value) => Number(value.toFixed(2)))).toEqual(expected);
});
