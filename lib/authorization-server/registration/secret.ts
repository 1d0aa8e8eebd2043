import { findRegisteredClient } from '#lib/data/client/registered-clients.ts';
import { matchesClientSecret } from '#lib/data/client/secrets.ts';

const managed = /^\/oauth\/register\/([^/]+)$/;

/** What stands for a secret that is not the client's: no hash looks like it. */
const wrong = 'wrong';

/**
 * The body of a request in which a client updates its registration, with its secret replaced by the hash that is stored
 * of it, which is all that oidc-provider can compare it with. Every other body is returned as it is.
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

/** Undefined for what is no JSON object, which oidc-provider refuses. */
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
