import { withNumberTextsOf } from './number-text.ts';

type MayBeUndefined<T> = { [Name in keyof T]-?: undefined extends T[Name] ? Name : never }[keyof T];

type Simplified<T> = { [Name in keyof T]: T[Name] };

/** An object type whose members that may be undefined have become optional. */
export type WithoutUndefined<T> = Simplified<
  Omit<T, MayBeUndefined<T>> & { [Name in MayBeUndefined<T>]?: Exclude<T[Name], undefined> }
>;

/**
 * A copy of `value` without the members that are undefined, for readers who count members instead of reading them:
 * validators, headers and forms. JSON.stringify needs no such copy.
 */
export function withoutUndefined<T extends object>(value: T): WithoutUndefined<T> {
  const kept = Object.entries(value).filter(([, member]) => member !== undefined);
  return withNumberTextsOf(value, Object.fromEntries(kept)) as WithoutUndefined<T>;
}
