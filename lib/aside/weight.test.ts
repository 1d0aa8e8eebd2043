import { expect, it } from 'vitest';
import { isLarge } from './weight.ts';

const list = (length: number, of: unknown = 1) => Array.from({ length }, () => of);

it.each<[what: string, value: unknown, times: number, large: boolean]>([
  ['a few values', { name: [{ family: 'a', given: ['b', 'c'] }] }, 1, false],
  ['a thousand values', { a: list(1000) }, 1, false],
  ['a thousand values that are validated twice', { a: list(1000) }, 2, true],
  ['two thousand values', { a: list(2000) }, 1, true],
  ['two thousand values at several depths', list(20, { a: list(10, { b: list(9) }) }), 1, true],
  ['a short text', 'x'.repeat(10_000), 1, false],
  ['a long text', { text: { div: 'x'.repeat(200_000) } }, 1, true],
  ['nothing', null, 1, false],
])('%s', (_, value, times, large) => expect(isLarge(value, times)).toBe(large));
