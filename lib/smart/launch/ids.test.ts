import { describe, expect, expectTypeOf, it } from 'vitest';
import { LaunchHash, LaunchId } from './ids.ts';

describe('a launch id and its hash', () => {
  it('cannot stand for each other', () => {
    expectTypeOf<LaunchId>().not.toExtend<LaunchHash>();
    expectTypeOf<LaunchHash>().not.toExtend<LaunchId>();
  });

  it('are not just any text', () => {
    expectTypeOf<string>().not.toExtend<LaunchId>();
    expectTypeOf<string>().not.toExtend<LaunchHash>();
    expectTypeOf<LaunchId>().toExtend<string>();
    expectTypeOf<LaunchHash>().toExtend<string>();
  });

  it('are read from text as it is', () => {
    expect(LaunchId.parse('abc')).toBe('abc');
    expect(LaunchHash.parse('abc')).toBe('abc');
  });

  it.each(['', 'a\0b', null, 7])('no hash is read from %j', (sent) => {
    expect(LaunchHash.safeParse(sent).success).toBe(false);
  });
});
