import { type Client, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { narrowToRegistration, narrowToSystem } from '#lib/smart/scope/narrow-scopes.ts';
import type { SmartClient } from '../client/metadata.ts';
import { sentParameter } from '../request/sent-parameter.ts';

/**
 * Describes the FHIR base to oidc-provider as a resource server. SMART scopes are not a fixed list, so they are
 * registered as its scopes; identity scopes are included, so that a token's `scope` names everything that was granted.
 */
export function fhirResourceServer(fhirBase: string) {
  return {
    enabled: true,
    defaultResource: () => fhirBase,
    useGrantedResource: () => true,
    getResourceServerInfo: (ctx: KoaContextWithOIDC, resource: string, client: Client): ResourceServer => {
      if (resource !== fhirBase)
        throw new errors.InvalidTarget(`resource must be ${fhirBase}, the FHIR server of this issuer.`);
      return { scope: scopeOf(ctx, client as SmartClient), audience: fhirBase, accessTokenFormat: 'opaque' };
    },
  };
}

function scopeOf(ctx: KoaContextWithOIDC, client: SmartClient): string {
  const { route, params = {}, entities } = ctx.oidc;
  if (route === 'authorization') params.scope = narrowed(sentParameter(ctx, 'scope'), client, (scopes) => scopes);
  if (params.grant_type === 'client_credentials') params.scope = narrowed(params.scope, client, narrowToSystem);
  const source = entities.AuthorizationCode ?? entities.RefreshToken;
  return String(source?.scope ?? params.scope ?? '');
}

/**
 * The requested scopes that the client may have. oidc-provider has dropped offline_access at this point; it is
 * restored.
 */
function narrowed(scope: unknown, client: SmartClient, narrow: (scopes: string[]) => string[]): string {
  if (typeof scope !== 'string') throw new errors.InvalidScope('scope is missing: say what the app wants to do.', '');
  const scopes = narrow(narrowToRegistration(scope, client.registered_scope));
  if (scopes.length > 0) return scopes.join(' ');
  throw new errors.InvalidScope('None of the requested scopes is registered for this app, or known here.', scope);
}
