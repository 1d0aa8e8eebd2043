import { expect, it } from 'vitest';
import { distanceText } from './distance.ts';

const now = new Date('2026-03-01T12:00:00Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

it.each([
  [0, 'just now'],
  [59 * second, 'just now'],
  [-59 * second, 'just now'],
  [minute, 'in 1 minute'],
  [-minute, '1 minute ago'],
  [-89 * second, '1 minute ago'],
  [-90 * second, '2 minutes ago'],
  [-5 * minute, '5 minutes ago'],
  [-(hour - second), '60 minutes ago'],
  [hour, 'in 1 hour'],
  [-90 * minute, '2 hours ago'],
  [-(day - minute), '24 hours ago'],
  [day, 'in 1 day'],
  [-36 * hour, '2 days ago'],
  [80 * day, 'in 80 days'],
  [-(365 * day - hour), '365 days ago'],
  [365 * day, 'in 1 year'],
  [-547 * day, '1 year ago'],
  [-548 * day, '2 years ago'],
  [3650 * day, 'in 10 years'],
])('says %i ms from now as %j', (milliseconds, text) => {
  expect(distanceText(new Date(now.getTime() + milliseconds), now)).toBe(text);
});
