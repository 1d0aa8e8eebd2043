import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { longListIn, tooManyItems } from '../long-list.ts';
import { readTyped, typedLines } from './read-typed.ts';
import { type ClientRegistration, clientRegistration } from './registration.ts';
import { fieldEntry, fieldNames, type RegistrationField } from './registration-fields.ts';
import { isSingleField, type TypedField, TypedRegistration } from './typed-registration.ts';

/**
 * A schema that turns the typed form into a registration, or into sentences, each beside the field that it is about.
 */
export function registrationForm(own: OwnOrigins) {
  return TypedRegistration.transform((typed, context): ClientRegistration => {
    const { values, notJson } = readTyped(typed);
    const long = longListIn(values);
    if (long) {
      const [field, message] = sentenceOf({ path: long, message: tooManyItems() }, typed);
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    }
    const parsed = clientRegistration(own).safeParse(values);
    if (parsed.success && notJson.size === 0) return parsed.data;
    const broken = (parsed.error?.issues ?? []).map((issue) => sentenceOf(issue, typed));
    // A field that is not JSON gets no further sentence.
    const issues = [...notJson, ...broken.filter(([field]) => !notJson.has(field))];
    for (const [field, message] of issues) context.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  });
}

type Said = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** The sentence about a broken rule, and the field of the form beside which it is shown. */
function sentenceOf(issue: Said, typed: TypedRegistration): [TypedField, string] {
  const name = fieldNames.find((one) => one === issue.path[0]) ?? 'name';
  return [isSingleField(name) ? name : 'otherScopes', sentence(name, issue, typed)];
}

/** Makes a sentence of a rule's message, which only says what holds for a value ("must not …"). */
function sentence(name: RegistrationField, { message, path }: Said, typed: TypedRegistration): string {
  if (/^\p{Lu}/u.test(message)) return message;
  const entry = fieldEntry(name);
  const [, position, ...inner] = path;
  if (entry.kind === 'lines' && isSingleField(name) && typeof position === 'number') {
    return `${typedLines(typed[name])[position]} ${message}.`;
  }
  const where = position === undefined ? '' : `, at ${z.core.toDotPath([position, ...inner])},`;
  return `${'subject' in entry ? entry.subject : 'The value'}${where} ${message}.`;
}
