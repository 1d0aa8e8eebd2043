import { findRegisteredClient } from '#lib/data/client/registered-clients.ts';
import { matchesClientSecret } from '#lib/data/client/secrets.ts';

const managed = /^\/oauth\/register\/([^/]+)$/;

/** Stands for a wrong secret; it cannot equal any hash. */
const wrong = 'wrong';

/**
 * Replaces the secret in the body of a registration update by its stored hash, which is all that oidc-provider can
 * compare it with. Every other body is returned unchanged.
 * @param path below the sandbox
 * @see https://www.rfc-editor.org/rfc/rfc7592#section-2.2
 */
export async function withStoredSecret(request: Request, path: string, sandboxId: number, body: Uint8Array) {
  const clientId = managed.exec(path)?.[1];
  if (request.method !== 'PUT' || !clientId || !request.headers.has('authorization')) return body;
  const sent = readObject(body);
  if (typeof sent?.client_secret !== 'string') return body;
  const hash = (await findRegisteredClient(sandboxId, decoded(clientId)))?.clientSecretHash;
  const matches = hash !== undefined && (await matchesClientSecret(sent.client_secret, hash));
  return Buffer.from(JSON.stringify({ ...sent, client_secret: matches ? hash : wrong }));
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
