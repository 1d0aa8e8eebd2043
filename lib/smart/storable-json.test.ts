import { expect, it } from 'vitest';
import { issueOfJson } from './storable-json.ts';

const nested = (depth: number): unknown => (depth === 0 ? 'leaf' : [nested(depth - 1)]);

it.each<[unknown, RegExp | undefined]>([
  ['text', undefined],
  [{ a: [1, true, null, '😀', { b: 'é' }] }, undefined],
  [nested(20), undefined],
  [nested(21), /deeper than 20/],
  ['a\0b', /not text/],
  [{ a: ['\0'] }, /not text/],
  [{ '\0': 1 }, /not text/],
  [['\ud800'], /not text/],
])('%j: %s', (value, issue) => {
  if (issue) expect(issueOfJson(value)).toMatch(issue);
  else expect(issueOfJson(value)).toBeUndefined();
});
