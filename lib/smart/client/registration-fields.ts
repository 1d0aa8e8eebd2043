import { appFields } from './app-fields.ts';
import type { FieldEntry } from './field-entry.ts';
import { RegisteredScope } from './field-rules.ts';
import { launchFields } from './launch-fields.ts';
import { proofFields } from './proof-fields.ts';
import { standingFields } from './standing-fields.ts';

/** The fields about scopes. */
const scopeFields = {
  scope: {
    kind: 'scopes',
    rule: () => RegisteredScope,
    label: 'Other scopes',
    subject: 'The scopes',
    hint: 'Separated by spaces, such as patient/Observation.rs?category=laboratory, user/Patient.cruds or system/*.rs',
    ownControl: true,
    dynamic: { member: 'scope' },
  },
} as const satisfies Record<string, FieldEntry>;

/**
 * The fields of an app's registration by the names of their columns, each with its rule, its input, and who may set it.
 * Schema, form, sandbox file, dynamic registration and columns are derived from this table.
 */
export const registrationFields = {
  ...appFields,
  ...launchFields,
  ...scopeFields,
  ...proofFields,
  ...standingFields,
};

type Fields = typeof registrationFields;

/** The name of a registration field. */
export type RegistrationField = keyof Fields;

/** The names of the fields whose entries fit a shape. */
export type FieldWith<Shape> = {
  [name in RegistrationField]: Fields[name] extends Shape ? name : never;
}[RegistrationField];

/** The sections of the registration form from top to bottom, and the fields in each. */
export const formSections = [
  { id: 'app', title: 'The app', fields: namesOf(appFields) },
  { id: 'launch', title: 'Launch', fields: namesOf(launchFields) },
  { id: 'proof', title: 'How it proves who it is', fields: namesOf(proofFields) },
  { id: 'scopes', title: 'What it may ask for', fields: namesOf(scopeFields) },
  { id: 'standing', title: 'How this sandbox treats it', fields: namesOf(standingFields) },
];

/** The names of all registration fields. */
export const fieldNames = namesOf(registrationFields);

/** The entry of one field in the table, typed as an entry of any kind. */
export function fieldEntry(name: RegistrationField): FieldEntry {
  return registrationFields[name];
}

function namesOf(fields: Partial<Fields>): RegistrationField[] {
  return Object.keys(fields) as RegistrationField[];
}
