import {
  type FieldWith,
  fieldEntry,
  fieldNames,
  type RegistrationField,
  registrationFields,
} from './registration-fields.ts';

/** The fields that are copied from one member of a registration request. */
export type CopiedField = FieldWith<{ dynamic: { copied: true } }>;

/** The fields whose value is derived from several members of a registration request. */
export type DerivedField = Exclude<FieldWith<{ dynamic: { member: string } }>, CopiedField>;

/** The fields that only administrators set, and that stay when an app changes its registration. */
export type KeptField = FieldWith<{ dynamic: 'kept' }>;

/** The name that a field has on the wire. @see https://www.rfc-editor.org/rfc/rfc7591#section-2 */
export type MemberOf<Field extends CopiedField | DerivedField> =
  (typeof registrationFields)[Field]['dynamic']['member'];

export const copiedFields = fieldNames.filter(
  (name): name is CopiedField => 'copied' in Object(fieldEntry(name).dynamic),
);

export const keptFields = fieldNames.filter((name): name is KeptField => fieldEntry(name).dynamic === 'kept');

/** The name of a field in registration requests and responses; undefined for a field that is in neither. */
export function memberOf(name: RegistrationField): string | undefined {
  const { dynamic } = fieldEntry(name);
  return typeof dynamic === 'object' ? dynamic.member : undefined;
}

/** The name in registration requests of a field that is copied from them. */
export function copiedMember<Field extends CopiedField>(name: Field): MemberOf<Field> {
  return registrationFields[name].dynamic.member;
}
