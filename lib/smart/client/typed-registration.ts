import { z } from 'zod';
import { splitScope } from '../scope/scope.ts';
import type { ClientRegistration } from './registration.ts';
import {
  fieldEntry,
  fieldNames,
  formSections,
  type RegistrationField,
  registrationFields,
} from './registration-fields.ts';

const text = z.string().optional();
const tick = z.boolean().optional();

/** The registration fields that are one field of the form each. Only scopes have two: some are ticked, others typed. */
export type SingleField = Exclude<RegistrationField, 'scope'>;
type TypedFields = {
  [name in SingleField]: (typeof registrationFields)[name]['kind'] extends 'tick' ? typeof tick : typeof text;
};

/** The names of the registration fields that are one field of the form each. */
export const singleFields = fieldNames.filter(isSingleField);
const typedFields = singleFields.map((name) => [name, fieldEntry(name).kind === 'tick' ? tick : text]);

/** The registration form as it is sent: text as it was typed, and ticks. No rule has judged it. */
export const TypedRegistration = z.object({
  ...(Object.fromEntries(typedFields) as TypedFields),
  /** The scopes that were ticked; others are typed into `otherScopes`. */
  scopes: z.array(z.string()).optional(),
  otherScopes: text,
});

export type TypedRegistration = z.infer<typeof TypedRegistration>;
export type TypedField = keyof TypedRegistration;

/** The fields of the form from top to bottom. */
export const typedFieldOrder = formSections.flatMap(({ fields }) =>
  fields.flatMap((name): TypedField[] => (isSingleField(name) ? [name] : ['scopes', 'otherScopes'])),
);

/** Tells whether a field of a registration is one field of the form, under its own name. */
export function isSingleField(name: RegistrationField): name is SingleField {
  return name !== 'scope';
}

/** A registration as the form shows it: scopes among `offered` are ticked, all others stand in a text field. */
export function toTyped(registration: ClientRegistration, offered: readonly string[]): TypedRegistration {
  const scopes = splitScope(registration.scope);
  return TypedRegistration.parse({
    ...Object.fromEntries(singleFields.map((name) => [name, shown(registration[name])])),
    scopes: scopes.filter((scope) => offered.includes(scope)),
    otherScopes: scopes.filter((scope) => !offered.includes(scope)).join(' '),
  });
}

/** The form before anything is typed: the defaults of a registration. */
export function typedDefaults(): TypedRegistration {
  const defaults = singleFields.map((name) => [
    name,
    shown(registrationFields[name].rule({ origin: '' }).safeParse(undefined).data),
  ]);
  return TypedRegistration.parse(Object.fromEntries(defaults));
}

function shown(
  value: string | number | boolean | readonly string[] | object | undefined,
): string | boolean | undefined {
  if (typeof value !== 'object') return typeof value === 'number' ? String(value) : value;
  if (Array.isArray(value)) return value.join('\n');
  return Object.keys(value).length > 0 ? JSON.stringify(value, null, 2) : undefined;
}
