import { expect, it } from 'vitest';
import { freshSeconds } from './freshness.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = 'Sun, 01 Mar 2026 12:05:00 GMT';

it.each<[Record<string, string>, number]>([
  [{ 'cache-control': 'max-age=300' }, 300],
  [{ 'cache-control': 'public, Max-Age="20", must-revalidate' }, 20],
  [{ 'cache-control': 'max-age=300, max-age=10' }, 10],
  [{ 'cache-control': 'max-age=300', age: '100' }, 200],
  [{ 'cache-control': 'max-age=300', age: '400' }, 0],
  [{ 'cache-control': 'max-age=300', age: 'old' }, 0],
  [{ 'cache-control': 'max-age=0' }, 0],
  [{ 'cache-control': 'max-age=-5' }, 0],
  [{ 'cache-control': 'max-age=soon' }, 0],
  [{ 'cache-control': 'no-store' }, 0],
  [{ 'cache-control': 'no-cache, max-age=300' }, 0],
  [{ 'cache-control': 'no-cache="set-cookie", max-age=300' }, 0],
  [{ 'cache-control': 'no-store', expires: later }, 0],
  [{ 'cache-control': 'max-age=9999999999' }, 86400],
  [{ 'cache-control': 's-maxage=900' }, 60],
  [{ expires: later }, 300],
  [{ expires: later, date: 'Sun, 01 Mar 2026 12:04:00 GMT' }, 60],
  [{ expires: later, 'cache-control': 'max-age=5' }, 5],
  [{ expires: '0' }, 0],
  [{ expires: 'never' }, 0],
  [{ expires: 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
  [{}, 60],
])('%j is fresh for %d seconds [SMART 341]', (headers, seconds) => {
  expect(freshSeconds(new Headers(headers), now)).toBe(seconds);
});
