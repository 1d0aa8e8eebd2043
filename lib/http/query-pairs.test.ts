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
