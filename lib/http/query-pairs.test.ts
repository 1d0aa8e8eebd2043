import { expect, test } from 'vitest';
import { queryPairs } from './query-pairs.ts';

test.each([
  ['?a=1&b=%C3%A9+x', { a: '1', b: 'é x' }],
  ['', {}],
  ['a=%', undefined],
  ['a=%C3', undefined],
  ['a=\ufffd', undefined],
])('the pairs of %j are %o', (text, expected) => {
  const pairs = queryPairs(text);
  expect(pairs && Object.fromEntries(pairs)).toEqual(expected);
});

test.each(['a', '?a', 'a&b&&c=&=d&=', '?&a', '??a&?', '&', '?', 'a==b&c', 'a+b&%3D&c%26d', '?=', '=&?b'])(
  'the pairs of %j are those of URLSearchParams',
  (text) => {
    expect([...(queryPairs(text) ?? [])]).toEqual([...new URLSearchParams(text)]);
  },
);

test('very many names without a value take no longer than with one', () => {
  const spent = (text: string) => {
    const before = process.cpuUsage();
    expect(queryPairs(text)?.size).toBe(450_000);
    return process.cpuUsage(before).user / 1000;
  };
  expect(spent('a&'.repeat(450_000))).toBeLessThan(5 * spent('a=&'.repeat(450_000)) + 300);
});
