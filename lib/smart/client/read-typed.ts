import type { FieldEntry } from './field-entry.ts';
import { fieldEntry } from './registration-fields.ts';
import { type SingleField, singleFields, type TypedField, type TypedRegistration } from './typed-registration.ts';

/** What was typed, as far as it can be read before any rule judges it. */
interface ReadRegistration {
  values: Record<string, unknown>;
  /** For each field that should hold JSON and does not, a sentence that says so. */
  notJson: Map<TypedField, string>;
}

/** Reads each field of the registration form as its kind is typed: lists by lines, numbers by digits, objects as JSON. */
export function readTyped(typed: TypedRegistration): ReadRegistration {
  const values: Record<string, unknown> = { scope: [...(typed.scopes ?? []), typed.otherScopes ?? ''].join(' ') };
  const notJson = new Map<TypedField, string>();
  for (const name of singleFields) {
    const { value, issue } = readField(fieldEntry(name), typed[name], typed.type);
    values[name] = value;
    if (issue) notJson.set(name, issue);
  }
  return { values, notJson };
}

type Typed = TypedRegistration[SingleField];

interface ReadField {
  value?: unknown;
  issue?: string;
}

function readField(entry: FieldEntry, typed: Typed, type: string | undefined): ReadField {
  // A value typed for another client type stays in the form but is not part of the registration.
  if (entry.onlyFor && entry.onlyFor !== type) return {};
  switch (entry.kind) {
    case 'tick':
      return { value: typed ?? false };
    case 'lines':
      return { value: typedLines(typed) };
    case 'number':
      return { value: wholeNumber(trimmed(typed)) };
    case 'json':
      return readJson(entry.subject, typed);
    default:
      // What is required is an empty text at least, so that the field's own rule asks for it.
      return { value: trimmed(typed) ?? ('required' in entry ? '' : undefined) };
  }
}

function readJson(subject: string, typed: Typed): ReadField {
  if (typeof typed !== 'string' || typed.trim() === '') return {};
  try {
    return { value: JSON.parse(typed) };
  } catch (error) {
    return { issue: `${subject} is not JSON: ${(error as SyntaxError).message}` };
  }
}

/** What is no number stays what it is, so that the rules complain. */
function wholeNumber(digits = ''): number | undefined {
  if (digits === '') return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

function trimmed(typed: Typed): string | undefined {
  return typeof typed === 'string' ? typed.trim() : undefined;
}

/** The values of a field that holds one a line. */
export function typedLines(typed: Typed): string[] {
  return typeof typed === 'string' ? typed.split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []) : [];
}
