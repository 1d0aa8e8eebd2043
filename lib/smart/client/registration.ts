import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { fieldNames, type RegistrationField, registrationFields } from './registration-fields.ts';
import { issuesBetween } from './registration-rules.ts';

type Rules = { [name in RegistrationField]: ReturnType<(typeof registrationFields)[name]['rule']> };

/**
 * The schema of a registration without the rules between fields. `own` is this server's, where plain http is
 * allowed. Callers add their own fields to it and then `.superRefine(checkRegistration)`.
 */
export function registrationObject(own: OwnOrigins) {
  const rules = fieldNames.map((name) => [name, registrationFields[name].rule(own)]);
  return z.strictObject(Object.fromEntries(rules) as Rules);
}

/** A registration that has passed every rule. */
export type ClientRegistration = z.infer<ReturnType<typeof registrationObject>>;

/** The fields that a registration may leave out and that have no default. */
export type OptionalField = {
  [name in RegistrationField]: undefined extends ClientRegistration[name] ? name : never;
}[RegistrationField];

/** Tells whether a registration may lack this field; every other field has a value, be it the default. */
export function isOptionalField(name: RegistrationField): name is OptionalField {
  return registrationFields[name].rule({ origin: '' }) instanceof z.ZodOptional;
}

/** Adds the issues between fields of a registration to `context`; fields whose own rule failed may be absent. */
export function checkRegistration(fields: Partial<ClientRegistration>, context: z.RefinementCtx): void {
  for (const [field, message] of Object.entries(issuesBetween(fields))) {
    context.addIssue({ code: 'custom', path: [field], message });
  }
}

/**
 * The schema of a SMART app's registration, for the Administration pages and the sandbox file. Every issue names its
 * field and says what to do.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#register-app-with-ehr
 */
export function clientRegistration(own: OwnOrigins) {
  return registrationObject(own).superRefine(checkRegistration, { when: ({ value }) => value instanceof Object });
}
