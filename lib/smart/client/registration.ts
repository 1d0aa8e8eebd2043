import { z } from 'zod';
import { fieldNames, type RegistrationField, registrationFields } from './registration-fields.ts';
import { issuesBetween } from './registration-rules.ts';

type Rules = { [name in RegistrationField]: ReturnType<(typeof registrationFields)[name]['rule']> };

/**
 * The fields of a registration, each by itself. `origin` is this server's, where plain http is allowed.
 * Whoever adds fields to them finishes with `.superRefine(checkRegistration)`.
 */
export function registrationObject(origin: string) {
  const rules = fieldNames.map((name) => [name, registrationFields[name].rule(origin)]);
  return z.strictObject(Object.fromEntries(rules) as Rules);
}

/** A registration that has passed every rule. */
export type ClientRegistration = z.infer<ReturnType<typeof registrationObject>>;

/** The fields that a registration may leave out, for want of a default. */
export type OptionalField = {
  [name in RegistrationField]: undefined extends ClientRegistration[name] ? name : never;
}[RegistrationField];

/** Whether a registration may leave this field out; each field beside these has a value in every registration. */
export function isOptionalField(name: RegistrationField): name is OptionalField {
  return registrationFields[name].rule('') instanceof z.ZodOptional;
}

/** The rules between the fields of a registration; fields that failed by themselves may be absent. */
export function checkRegistration(fields: Partial<ClientRegistration>, context: z.RefinementCtx): void {
  for (const [field, message] of Object.entries(issuesBetween(fields))) {
    context.addIssue({ code: 'custom', path: [field], message });
  }
}

/**
 * A SMART app's registration, as the form of the Administration pages and the sandbox file give it.
 * Every issue names its field and says what to do.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#register-app-with-ehr
 */
export function clientRegistration(origin: string) {
  return registrationObject(origin).superRefine(checkRegistration, { when: ({ value }) => value instanceof Object });
}
