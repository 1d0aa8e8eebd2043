import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { findIssuedToken, type IssuedToken } from '#lib/data/token/issued-tokens.ts';
import { fhirBaseOf, issuerOf } from '#lib/env.ts';
import { splitScope } from '#lib/smart/scope/scope.ts';
import { contextResponse } from './context-response.ts';

/** The client that asks about a token. */
export interface Introspector {
  clientId: string;
  /** Whether it may learn about tokens of other clients too. */
  ofAnyClient: boolean;
}

/**
 * Describes a token of the sandbox to the caller. A token that is invalid, of another sandbox or not the caller's to
 * know about is just `{ active: false }`, so that the cases cannot be distinguished.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/token-introspection.html
 */
export async function introspection(
  sandbox: Issuer,
  value: string,
  caller: Introspector,
): Promise<Record<string, unknown>> {
  const token = await findIssuedToken(sandbox.id, value, new Date());
  const mayKnow = token && (caller.ofAnyClient || token.clientId === caller.clientId);
  return mayKnow ? describeToken(sandbox, token) : { active: false };
}

function describeToken(sandbox: Issuer, token: IssuedToken): Record<string, unknown> {
  const context = token.context ? contextResponse(sandbox, token.context) : {};
  const response = {
    ...context,
    active: true,
    scope: token.scope,
    client_id: token.clientId,
    exp: token.expiresAt,
    iat: token.issuedAt,
    iss: issuerOf(sandbox.slug),
    aud: token.audience,
    sub: token.userId,
    fhirUser: fhirUserOf(sandbox, token),
    token_type: token.kind === 'RefreshToken' ? undefined : 'Bearer',
  };
  return Object.fromEntries(Object.entries(response).filter(([, value]) => value !== undefined));
}

/** The `fhirUser` claim as it stood in the id_token that was issued with the token. */
function fhirUserOf({ slug }: Issuer, { scope, fhirUser }: IssuedToken): string | undefined {
  const scopes = splitScope(scope);
  const tellsUser = scopes.includes('openid') && (scopes.includes('fhirUser') || scopes.includes('profile'));
  return fhirUser && tellsUser ? `${fhirBaseOf(slug)}/${fhirUser}` : undefined;
}
