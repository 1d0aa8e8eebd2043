import { z } from 'zod';
import { readTyped, typedLines } from './read-typed.ts';
import { type ClientRegistration, clientRegistration } from './registration.ts';
import { fieldEntry, fieldNames, type RegistrationField } from './registration-fields.ts';
import { isSingleField, type TypedField, TypedRegistration } from './typed-registration.ts';

/** The registration form as a schema: what was typed becomes a registration, every issue a sentence beside its field. */
export function registrationForm(origin: string) {
  return TypedRegistration.transform((typed, context): ClientRegistration => {
    const { values, notJson } = readTyped(typed);
    const parsed = clientRegistration(origin).safeParse(values);
    if (parsed.success && notJson.size === 0) return parsed.data;
    const broken = (parsed.error?.issues ?? []).map((issue) => sentenceOf(issue, typed));
    // Of what is no JSON nothing else need be said.
    const issues = [...notJson, ...broken.filter(([field]) => !notJson.has(field))];
    for (const [field, message] of issues) context.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  });
}

/** What a broken rule comes to, and beside which field of the form it is said. */
function sentenceOf(issue: z.core.$ZodIssue, typed: TypedRegistration): [TypedField, string] {
  const name = fieldNames.find((one) => one === issue.path[0]) ?? 'name';
  return [isSingleField(name) ? name : 'otherScopes', sentence(name, issue, typed)];
}

/** The rules speak of a value ("must not …"); the form says which one. */
function sentence(name: RegistrationField, { message, path }: z.core.$ZodIssue, typed: TypedRegistration): string {
  if (/^\p{Lu}/u.test(message)) return message;
  const entry = fieldEntry(name);
  const [, position, ...inner] = path;
  if (entry.kind === 'lines' && isSingleField(name) && typeof position === 'number') {
    return `${typedLines(typed[name])[position]} ${message}.`;
  }
  const where = position === undefined ? '' : `, at ${z.core.toDotPath([position, ...inner])},`;
  return `${'subject' in entry ? entry.subject : 'The value'}${where} ${message}.`;
}
