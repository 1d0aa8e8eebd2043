import { resourceScopes, splitScope } from '../scope/scope.ts';
import { permissionOfMember } from './member-permission.ts';
import type { Permission } from './permission.ts';

/** What a token was issued with, and who its user is today. */
export interface TokenGrant {
  scope: string;
  /** Id of the Patient in the token's launch context. */
  patient?: string | undefined;
  /** The user it was issued for; without one it is a backend service's. */
  user?:
    | { role: 'admin' | 'clinician' | 'patient'; fhirUser?: string | undefined; proxyFor?: string[] | undefined }
    | undefined;
}

/**
 * What the bearer of a token may do. `system/` scopes are for backend services, the others for users; a patient's token
 * stays within the records that are the patient's own or their children's, whatever its launch context says.
 */
export function permissionOfToken({ scope, patient, user }: TokenGrant): Permission {
  const scopes = resourceScopes(scope).filter(({ level }) => (level === 'system') === !user);
  if (!user) return { scopes };
  const { userPatients } = permissionOfMember(user);
  const within = patient !== undefined && (!userPatients || userPatients.includes(patient));
  const tellsUser = splitScope(scope).some((text) => text === 'fhirUser' || text === 'profile');
  return {
    scopes,
    patient: within ? patient : undefined,
    userPatients,
    fhirUser: tellsUser ? user.fhirUser : undefined,
  };
}
