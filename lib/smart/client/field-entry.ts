import type { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import type { Choice, ClientType } from './choices.ts';

/** The members that every entry of the table of registration fields has. */
interface Entry<Kind extends string, Value> {
  /** The kind of input that the form draws and reads. */
  kind: Kind;
  /** The schema of a value: required, `.optional()` (an empty column) or with `.default()`. */
  rule: (own: OwnOrigins) => z.ZodType<Value>;
  label: string;
  hint?: string;
  /** The input takes half of the form's width. */
  half?: true;
  /** The input is drawn by a component of its own, which the form must be given. */
  ownControl?: true;
  /** The only type of client that has the field. */
  onlyFor?: ClientType;
  dynamic: Dynamic;
}

/**
 * The source of a field's value when an app registers itself:
 *
 * - `{ member }`: it is derived from this member of the request, and from others where a rule needs them.
 * - `{ member, copied }` (`CopiedMember`): the member is copied as it is.
 * - `'kept'`: only administrators set it, and their value stays when the app changes its registration.
 * - `'reset'`: only administrators set it, and a change returns it to the default, because they gave their value to the
 *   app as it was before.
 */
type Dynamic = { member: string } | 'kept' | 'reset';

/** A member of the registration request that is copied into the field. */
interface CopiedMember {
  member: string;
  copied: true;
}

/** The subject of sentences about a typed value. */
interface Typed {
  subject: string;
}

interface Line<Kind extends string> extends Omit<Entry<Kind, string | undefined>, 'dynamic'>, Typed {
  required?: true;
  dynamic: Dynamic | CopiedMember;
}

interface Area<Kind extends string, Value> extends Entry<Kind, Value>, Typed {
  rows: number;
}

interface ChoiceEntry extends Entry<'choice', string> {
  choices: Readonly<Record<string, Choice>>;
}

/** An entry of the table of registration fields. The type makes sure that `kind` can hold the values of `rule`. */
export type FieldEntry =
  | Line<'text'>
  | Line<'address'>
  | (Entry<'number', number | undefined> & Typed)
  | Area<'paragraph', string | undefined>
  | Area<'lines', string[]>
  | Area<'json', object | undefined>
  | (Entry<'scopes', string> & Typed & { ownControl: true })
  | ChoiceEntry
  | Entry<'tick', boolean>;
