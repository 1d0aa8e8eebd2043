import { expect, expectTypeOf, it } from 'vitest';
import { parseExactly } from './exact-json.ts';
import { numberTextsOf } from './number-text.ts';
import { withoutUndefined } from './without-undefined.ts';

it.each([
  [{}, []],
  [{ a: 1, b: undefined }, ['a']],
  [{ a: undefined }, []],
  [{ a: null, b: 0, c: '', d: false, e: [] }, ['a', 'b', 'c', 'd', 'e']],
  [{ z: 1, y: undefined, x: 2 }, ['z', 'x']],
])('the members of %j that have a value are %j, in their order', (value: object, names) => {
  const kept = withoutUndefined(value);
  expect(Object.keys(kept)).toEqual(names);
  expect(kept).toEqual(value);
});

it('leaves the original alone, and members of members as they are', () => {
  const inner = { b: undefined };
  const value = { a: inner, c: undefined };
  expect(withoutUndefined(value).a).toBe(inner);
  expect(Object.keys(value)).toEqual(['a', 'c']);
});

it('keeps the texts of numbers', () => {
  const value = parseExactly('{"a":1.10}') as { a: number };
  expect(numberTextsOf(withoutUndefined({ ...value, b: undefined }))?.get('a')).toBe('1.10');
});

it('makes the members optional that may be undefined', () => {
  const value = withoutUndefined({ a: 1, b: undefined as string | undefined });
  expectTypeOf(value).toEqualTypeOf<{ a: number; b?: string }>();
});
