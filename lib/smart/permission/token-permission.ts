import { fhirContextReferences } from '../launch/fhir-context.ts';
import { resourceScopes, splitScope } from '../scope/scope.ts';
import { permissionOfMember } from './member-permission.ts';
import type { Permission } from './permission.ts';

/** The scope and patient that a token was issued with, and its user's membership today. */
export interface TokenGrant {
  scope: string;
  /** Id of the Patient in the token's launch context. */
  patient?: string | undefined;
  /** Id of the Encounter in it. */
  encounter?: string | undefined;
  /** `fhirContext` in it. */
  fhirContext?: unknown;
  /** The user for whom it was issued; a backend service's token has none. */
  user?:
    | { role: 'admin' | 'clinician' | 'patient'; fhirUser?: string | undefined; proxyFor?: string[] | undefined }
    | undefined;
}

/**
 * The permission of the bearer of a token. `system/` scopes count for backend services only, the others for users only.
 * A patient's token stays within the records that they may see themselves, whatever its launch context says.
 * @param fhirBase where the resources are that `fhirContext` may name by absolute references
 */
export function permissionOfToken(grant: TokenGrant, fhirBase = ''): Permission {
  const { scope, patient, user } = grant;
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
    context: within ? contextOf(grant, fhirBase) : undefined,
  };
}

/** What the launch context names beside the patient: its bearer was told of it, and may refer to it in what it writes. */
function contextOf({ encounter, fhirContext }: TokenGrant, fhirBase: string): string[] | undefined {
  const named = [...(encounter ? [`Encounter/${encounter}`] : []), ...fhirContextReferences(fhirContext, fhirBase)];
  return named.length > 0 ? named : undefined;
}
