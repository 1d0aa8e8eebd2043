import { expect, it } from 'vitest';
import { isHeld, weakEntityTag } from './entity-tag.ts';

it('makes a weak tag of the text alone', () => {
  expect(weakEntityTag('a')).toMatch(/^W\/"[\w-]{22}"$/);
  expect(weakEntityTag('a')).toBe(weakEntityTag('a'));
  expect(weakEntityTag('a')).not.toBe(weakEntityTag('b'));
});

it.each([
  ['W/"x"', true],
  ['"x"', true],
  ['"y", W/"x"', true],
  ['*', true],
  ['W/"y"', false],
  ['x', false],
  ['', false],
  [null, false],
])('If-None-Match: %s matches W/"x": %s', (header, held) => {
  expect(isHeld(header, 'W/"x"')).toBe(held);
});
