import type { FieldEntry } from './field-entry.ts';
import { fieldEntry } from './registration-fields.ts';
import { type SingleField, singleFields, type TypedField, type TypedRegistration } from './typed-registration.ts';

/** The typed values, as far as they can be read before any rule judges them. */
interface ReadRegistration {
  values: Record<string, unknown>;
  /** A sentence for each field that should hold JSON and does not. */
  notJson: Map<TypedField, string>;
}

/**
 * Reads each field of the registration form as its kind is typed: lists by lines, numbers by digits, objects as JSON.
 */
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
      // A required field that is blank is read as an empty text, so that its own rule asks for a value.
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

/** Reads digits as a number; any other text stays as it is, so that the field's rule refuses it. */
function wholeNumber(digits = ''): number | undefined {
  if (digits === '') return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

function trimmed(typed: Typed): string | undefined {
  return typeof typed === 'string' ? typed.trim() : undefined;
}

/** The values of a field that holds one on each line. */
export function typedLines(typed: Typed): string[] {
  return typeof typed === 'string' ? typed.split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []) : [];
}
