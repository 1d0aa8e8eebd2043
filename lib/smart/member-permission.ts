import type { Permission } from './permission.ts';
import { resourceScopes } from './scope.ts';

/** Who somebody is in a sandbox. */
interface Membership {
  role: 'admin' | 'clinician' | 'patient';
  /** Relative reference of the FHIR resource that stands for them. */
  fhirUser?: string | undefined;
}

/**
 * What a person may read at the EHR's own pages: staff the whole sandbox, patients their own record, and a patient
 * account without a Patient nothing.
 */
export function permissionOfMember({ role, fhirUser }: Membership): Permission {
  const scopes = resourceScopes('user/*.rs');
  if (role !== 'patient') return { scopes, ...(fhirUser ? { fhirUser } : {}) };
  const [type, id] = fhirUser?.split('/') ?? [];
  return { scopes, userPatients: type === 'Patient' && id ? [id] : [] };
}

/**
 * What a person may do with the record of one patient when they act on it at the EHR's own pages, such as signing an
 * order: staff everything within the compartment of that patient, others nothing.
 */
export function writingPermissionOfMember({ role }: Membership, patient: string): Permission {
  return { scopes: role === 'patient' ? [] : resourceScopes('patient/*.cruds'), patient };
}
