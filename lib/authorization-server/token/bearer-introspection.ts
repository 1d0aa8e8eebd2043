import { findIssuer, type Issuer } from '#lib/data/sandbox/issuers.ts';
import { findIssuedToken, type IssuedToken } from '#lib/data/token/issued-tokens.ts';
import { fhirBaseOf, issuerOf } from '#lib/env.ts';
import { mediaType } from '#lib/http/accept.ts';
import { bearerToken } from '#lib/http/bearer-token.ts';
import { splitScope } from '#lib/smart/scope/scope.ts';
import { introspection } from './introspection.ts';

const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** Tells whether a request is an introspection authorized by an access token, which oidc-provider does not support. */
export function introspectsByBearer(request: Request, path: string): boolean {
  return (
    path === '/oauth/introspect' &&
    request.method === 'POST' &&
    /^Bearer(\s|$)/i.test(request.headers.get('authorization') ?? '')
  );
}

/**
 * Answers an introspection authorized by a bearer token: about tokens of its own client or, with the scope
 * `__introspect`, of any client of the sandbox, unless the app registered itself.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/token-introspection.html#authorization-to-perform-token-introspection
 */
export async function introspectByBearer(request: Request, slug: string, body: Uint8Array): Promise<Response> {
  const sandbox = await findIssuer(slug);
  if (!sandbox) return refuse(404, 'invalid_request', `There is no sandbox ${slug} here.`);
  const bearer = await findBearer(sandbox, request);
  if (!bearer) return unauthorized(slug);
  const token = readToken(request, body);
  if (typeof token !== 'string') return refuse(400, 'invalid_request', token.refusal);
  const ofAnyClient = splitScope(bearer.scope).includes('__introspect') && !bearer.ofDynamicClient;
  const answer = await introspection(sandbox, token, { clientId: bearer.clientId, ofAnyClient });
  return Response.json(answer, { headers: noStore });
}

async function findBearer({ id, slug }: Issuer, request: Request): Promise<IssuedToken | undefined> {
  const value = bearerToken(request);
  const token = value ? await findIssuedToken(id, value, new Date()) : undefined;
  return token?.kind !== 'RefreshToken' && token?.audience === fhirBaseOf(slug) ? token : undefined;
}

/** @see https://www.rfc-editor.org/rfc/rfc7662#section-2.1 */
function readToken(request: Request, body: Uint8Array): string | { refusal: string } {
  if (mediaType(request.headers.get('content-type')) !== 'application/x-www-form-urlencoded') {
    return { refusal: 'The body must be a form: Content-Type application/x-www-form-urlencoded.' };
  }
  const form = new URLSearchParams(new TextDecoder().decode(body));
  if (form.has('client_secret') || form.has('client_assertion')) {
    return { refusal: 'client authentication must only be provided using one mechanism' };
  }
  const [token, ...others] = form.getAll('token');
  if (others.length > 0) return { refusal: 'token must not be provided twice' };
  return token || { refusal: "missing required parameter 'token'" };
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function unauthorized(slug: string): Response {
  const reason = 'The access token in the Authorization header is unknown here, expired or revoked.';
  const challenge = `Bearer realm="${issuerOf(slug)}", error="invalid_token", error_description="${reason}"`;
  return refuse(401, 'invalid_token', reason, { 'WWW-Authenticate': challenge });
}

function refuse(status: number, error: string, description: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error, error_description: description }, { status, headers: { ...noStore, ...headers } });
}
