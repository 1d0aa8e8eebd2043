import type { z } from 'zod';
import type { Choice, ClientType } from './choices.ts';

/** What every entry of the table of registration fields says. */
interface Entry<Kind extends string, Value> {
  /** How the field is typed into the form and drawn there. */
  kind: Kind;
  /** What a value must be. Required, `.optional()` (an empty column) or with `.default()`. */
  rule: (origin: string) => z.ZodType<Value>;
  label: string;
  hint?: string;
  /** Takes half of the form's width. */
  half?: true;
  /** Drawn by a component of its own, which the form must be given. */
  ownControl?: true;
  /** The only type of client that has the field. */
  onlyFor?: ClientType;
  dynamic: Dynamic;
}

/**
 * What becomes of a field when an app registers itself. It may be a member of the request, whose value is derived from
 * several. Or only administrators say it: when the app changes its registration, that is `kept`, or `reset` to the
 * default because it was their trust in what the app was before.
 */
type Dynamic = { member: string } | 'kept' | 'reset';

/** A member of the request whose value is the field's. */
interface CopiedMember {
  member: string;
  copied: true;
}

/** How a sentence about a typed value begins. */
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

/** An entry of the table of registration fields; `kind` and the values that `rule` lets pass must fit each other. */
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
