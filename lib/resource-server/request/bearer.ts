import { type AccessToken, findAccessToken, type TokenSandbox } from '#lib/data/token/access-tokens.ts';
import { noteUse } from '#lib/data/token/last-use.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { bearerToken } from '#lib/http/bearer-token.ts';
import { noteClient } from '#lib/log/request-notes.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { permissionOfToken } from '#lib/smart/permission/token-permission.ts';
import { scopeOfToday } from '#lib/smart/scope/scope-of-today.ts';

/** The sender of a request: a reader of the sandbox, with the permission that its token gives. */
export interface Caller extends Reader {
  sandbox: TokenSandbox;
  token: AccessToken;
}

/** The part of a caller that a search or a read needs; the slug is used for URLs in the answer. */
export type Searcher = Reader & { sandbox: Pick<TokenSandbox, 'slug'> };

/**
 * Identifies the sender of `request` by the bearer token in its Authorization header, with one query. The token counts
 * for what its user can grant today.
 * @throws FhirError 404 for an unknown sandbox, 401 with WWW-Authenticate when the token is missing or not valid here.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export async function authenticate(request: Request, slug: string): Promise<Caller> {
  const value = bearerToken(request);
  const found = await findAccessToken(slug, value ?? '');
  if (!found) throw unknownSandbox();
  const { sandbox, token } = found;
  noteClient(token?.clientId);
  if (!value) throw unauthorized(slug, 'This needs an access token: send it as Authorization: Bearer.');
  const refusal = token ? refusalOf(token, slug) : 'The access token is not known here, or has been revoked.';
  if (!token || refusal) throw unauthorized(slug, refusal ?? '', true);
  noteUse(sandbox.id, token.grant);
  const today = { ...token, scope: scopeOfToday(token.scope, { ...token, role: token.user?.role }) };
  return { sandboxId: sandbox.id, permission: permissionOfToken(today, fhirBaseOf(slug)), sandbox, token: today };
}

function refusalOf(token: AccessToken, slug: string): string | undefined {
  const audience = fhirBaseOf(slug);
  if (token.expiresAt.getTime() <= Date.now()) return `The access token expired at ${token.expiresAt.toISOString()}.`;
  if (token.audience !== audience) return `The access token was not issued for ${audience}.`;
  if (!token.clientEnabled) return 'The app that the access token was issued to is disabled.';
  if (token.userId && !token.user) return 'The user that the access token speaks for is no member of this sandbox.';
  return undefined;
}

/**
 * The refusal of a URL under a sandbox that does not exist.
 * @throws nothing; the refusal of a URL under a sandbox that does not exist.
 */
export function unknownSandbox(): FhirError {
  return new FhirError(404, 'not-found', 'There is no sandbox at this address.');
}

function unauthorized(slug: string, reason: string, invalidToken = false): FhirError {
  const error = invalidToken ? `, error="invalid_token", error_description="${reason}"` : '';
  return new FhirError(401, 'login', reason, { 'WWW-Authenticate': `Bearer realm="${fhirBaseOf(slug)}"${error}` });
}

/** The refusal of a valid token that lacks a scope. @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
export function insufficientScope(scope: string): FhirError {
  return new FhirError(403, 'forbidden', `The scope ${scope} is missing.`, {
    'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
  });
}
