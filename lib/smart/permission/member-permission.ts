import { resourceScopes } from '../scope/scope.ts';
import type { Permission } from './permission.ts';
import type { Reader } from './reader.ts';

/** A user's membership of a sandbox, as far as it decides what they may do. */
interface Membership {
  role: 'admin' | 'clinician' | 'patient';
  /** Relative reference of the FHIR resource that stands for them. */
  fhirUser?: string | undefined;
  /** Ids of the Patients for whom a patient may act beside their own record, such as their children. */
  proxyFor?: readonly string[] | undefined;
}

/**
 * The permission of a member at the EHR's own pages, which is to read: staff reach the whole sandbox, patients their
 * own records and those of whom they act for. A patient account without any record reaches nothing.
 */
export function permissionOfMember(member: Membership): Permission {
  const scopes = resourceScopes('user/*.rs');
  const { role, fhirUser } = member;
  if (role !== 'patient') return { scopes, fhirUser };
  return { scopes, userPatients: patientsOf(member) };
}

/** A member as a reader of their sandbox at the EHR's own pages. */
export function readerOf(member: Membership & { sandbox: { id: number } }): Reader {
  return { sandboxId: member.sandbox.id, permission: permissionOfMember(member) };
}

/**
 * Ids of the Patients whose records are a patient user's: their own first, then those they act for. Staff have none.
 */
export function patientsOf({ role, fhirUser, proxyFor = [] }: Membership): string[] {
  if (role !== 'patient') return [];
  const [type, id] = fhirUser?.split('/') ?? [];
  return [...new Set([...(type === 'Patient' && id ? [id] : []), ...proxyFor])];
}

/** Whether what a member opens or holds may be about this patient, if it is about any: for staff it may be about everybody. */
export function mayBeAbout(member: Membership, patient: string | undefined): boolean {
  return member.role !== 'patient' || !patient || patientsOf(member).includes(patient);
}

/**
 * The permission of a member who changes the record of one patient at the EHR's own pages, such as by signing an order:
 * staff may do everything within the compartment of that patient, and name themselves in it; others nothing.
 */
export function writingPermissionOfMember({ role, fhirUser }: Membership, patient: string): Permission {
  const scopes = role === 'patient' ? [] : resourceScopes('patient/*.cruds');
  return { scopes, patient, ...(fhirUser ? { context: [fhirUser] } : {}) };
}
