import { resourceScopes } from '../scope/scope.ts';
import type { Permission } from './permission.ts';
import type { Reader } from './reader.ts';

/** Who somebody is in a sandbox. */
interface Membership {
  role: 'admin' | 'clinician' | 'patient';
  /** Relative reference of the FHIR resource that stands for them. */
  fhirUser?: string | undefined;
  /** Ids of the Patients for whom a patient may act beside their own record, such as their children. */
  proxyFor?: readonly string[] | undefined;
}

/**
 * What a person may read at the EHR's own pages: staff the whole sandbox, patients the records that are theirs, and a
 * patient account without any nothing.
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

/** Ids of the Patients that a patient user is, first, and acts for; staff has none of their own. */
export function patientsOf({ role, fhirUser, proxyFor = [] }: Membership): string[] {
  if (role !== 'patient') return [];
  const [type, id] = fhirUser?.split('/') ?? [];
  return [...new Set([...(type === 'Patient' && id ? [id] : []), ...proxyFor])];
}

/**
 * What a person may do with the record of one patient when they act on it at the EHR's own pages, such as signing an
 * order: staff everything within the compartment of that patient, others nothing.
 */
export function writingPermissionOfMember({ role }: Membership, patient: string): Permission {
  return { scopes: role === 'patient' ? [] : resourceScopes('patient/*.cruds'), patient };
}
