import { findRegisteredClient } from '#lib/data/client/registered-clients.ts';
import { matchesClientSecret } from '#lib/data/client/secrets.ts';

/** The client configuration endpoint, at which an app manages its own registration (RFC 7592). */
const configurationEndpoint = /^\/oauth\/register\/([^/]+)$/;

/** Sent on in place of a secret that does not match: no stored hash has this form, so oidc-provider refuses it. */
const matchesNoHash = 'wrong';

/**
 * Replaces the secret in the body of a registration update by its stored hash, which is all that oidc-provider can
 * compare it with. Every other body is returned unchanged. So is that of a request without an Authorization header:
 * oidc-provider refuses it before it looks at the body, and checking a secret is slow.
 * @param path below the sandbox
 * @see https://www.rfc-editor.org/rfc/rfc7592#section-2.2
 */
export async function withStoredSecret(
  request: Request,
  path: string,
  sandboxId: number,
  body: Uint8Array,
): Promise<Uint8Array> {
  const clientId = configurationEndpoint.exec(path)?.[1];
  if (request.method !== 'PUT' || !clientId || !request.headers.has('authorization')) return body;
  const update = readObject(body);
  if (typeof update?.client_secret !== 'string') return body;
  const hash = (await findRegisteredClient(sandboxId, decoded(clientId)))?.clientSecretHash;
  const matches = hash !== undefined && (await matchesClientSecret(update.client_secret, hash));
  return Buffer.from(JSON.stringify({ ...update, client_secret: matches ? hash : matchesNoHash }));
}

/** The JSON object in the body; undefined for anything else, which oidc-provider refuses. */
function readObject(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
