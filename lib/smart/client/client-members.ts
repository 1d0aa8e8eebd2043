import {
  type FieldWith,
  fieldEntry,
  fieldNames,
  type RegistrationField,
  registrationFields,
} from './registration-fields.ts';

/** The fields whose value is that of one member of a registration request. */
export type CopiedField = FieldWith<{ dynamic: { copied: true } }>;

/** The fields whose value is derived from several members of a registration request. */
export type DerivedField = Exclude<FieldWith<{ dynamic: { member: string } }>, CopiedField>;

/** The fields that only administrators say, and that stay when an app changes its registration. */
export type KeptField = FieldWith<{ dynamic: 'kept' }>;

/** The name that a field has on the wire. @see https://www.rfc-editor.org/rfc/rfc7591#section-2 */
export type MemberOf<Field extends CopiedField | DerivedField> =
  (typeof registrationFields)[Field]['dynamic']['member'];

export const copiedFields = fieldNames.filter(
  (name): name is CopiedField => 'copied' in Object(fieldEntry(name).dynamic),
);

export const keptFields = fieldNames.filter((name): name is KeptField => fieldEntry(name).dynamic === 'kept');

/** The name that a field has on the wire; undefined for what apps neither say nor are told. */
export function memberOf(name: RegistrationField): string | undefined {
  const { dynamic } = fieldEntry(name);
  return typeof dynamic === 'object' ? dynamic.member : undefined;
}

/** The name on the wire of a field that is copied from there. */
export function copiedMember<Field extends CopiedField>(name: Field): MemberOf<Field> {
  return registrationFields[name].dynamic.member;
}
