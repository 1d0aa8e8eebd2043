import type { CdsService } from '#lib/data/cds/services.ts';
import { issueCdsToken } from '#lib/data/cds/tokens.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { cdsClientId } from '#lib/data/token/cds-client-id.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { permissionOfToken } from '#lib/smart/permission/token-permission.ts';
import { narrowToSubject } from '#lib/smart/scope/narrow-scopes.ts';
import { splitScope } from '#lib/smart/scope/scope.ts';
import { speaksOfPatient } from '#lib/smart/scope/speaks-of-patient.ts';
import type { Firing } from './firing.ts';
import { prefetch } from './prefetch-data.ts';
import { prefetchValues } from './prefetch-template.ts';

/** Lifetime of a service's token, in seconds. */
const tokenLifetime = 300;

/**
 * The request to a service, with its prefetch and an access token. Both reach only what the service's scopes and the
 * user's rights allow, and under `patient/` scopes only the open patient.
 * @see https://cds-hooks.hl7.org/2.0/#calling-a-cds-service
 */
export async function requestFor(
  firing: Firing,
  service: CdsService,
): Promise<{ request: object; withheld: string[] }> {
  const { member, hook, hookInstance, context } = firing;
  const { sandbox } = member;
  const patient = context.patientId;
  const scope = scopeFor(member, patient, service.scope);
  const permission = permissionOfToken({ scope, patient, user: member });
  const [{ data, withheld }, fhirAuthorization] = await Promise.all([
    prefetch(sandbox, permission, service.prefetch, prefetchValues(context)),
    scope === '' ? undefined : authorizationFor(member, service, { scope, patient }),
  ]);
  const request = {
    hook,
    hookInstance,
    context,
    fhirServer: fhirBaseOf(sandbox.slug),
    fhirAuthorization,
    prefetch: Object.keys(data).length > 0 ? data : undefined,
  };
  return { request, withheld };
}

/** The service's scopes, narrowed to what this member may pass on for this patient. */
function scopeFor({ role, fhirUser }: Member, patient: string, scope: string): string {
  return narrowToSubject(splitScope(scope), { role, patient, fhirUser: fhirUser ?? null }).join(' ');
}

async function authorizationFor(
  { sandbox, user }: Member,
  { id: service }: CdsService,
  { scope, patient }: { scope: string; patient: string },
): Promise<object> {
  const audience = fhirBaseOf(sandbox.slug);
  const about = { sandboxId: sandbox.id, service, userId: user.id, patient, scope, audience };
  const accessToken = await issueCdsToken({ ...about, lifetime: tokenLifetime });
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: tokenLifetime,
    scope,
    subject: cdsClientId(service),
    patient: speaksOfPatient(splitScope(scope)) ? patient : undefined,
  };
}
