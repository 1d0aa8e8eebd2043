import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { makeClient, type SandboxFixture } from './sandbox-fixture.ts';

/** A key pair of an app. */
export async function makeKey(alg = 'ES384', kid: string = randomUUID()) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), alg, kid, use: 'sig' };
  return { alg, kid, privateKey, publicJwk };
}
export type AppKey = Awaited<ReturnType<typeof makeKey>>;

/** A backend service with these keys by value, or at a URL. Answers its client_id. */
export async function makeService(
  sandbox: SandboxFixture,
  proof: { keys: AppKey[] } | { url: string },
  scope = 'system/*.rs',
) {
  const service = { scope, redirectUris: [] };
  if ('keys' in proof) {
    return makeClient(sandbox, { ...service, type: 'jwks', jwks: { keys: proof.keys.map((key) => key.publicJwk) } });
  }
  const clientId = await makeClient(sandbox, { ...service, type: 'jwks_uri' });
  await database().client.update({
    where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId } },
    data: { jwksUri: proof.url },
  });
  return clientId;
}

type Claims = Record<string, unknown>;

/** The claims of a valid assertion. */
export function claimsOf({ slug }: SandboxFixture, clientId: string, claims: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  const aud = `${env().origin}/${slug}/oauth/token`;
  return { iss: clientId, sub: clientId, aud, exp: now + 240, jti: randomUUID(), ...claims };
}

/** A valid assertion of a client, unless `claims` or headers make it invalid. */
export function sign(sandbox: SandboxFixture, clientId: string, key: AppKey, claims: Claims = {}, header: Claims = {}) {
  return new SignJWT(claimsOf(sandbox, clientId, claims))
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header } as { alg: string })
    .sign(key.privateKey);
}

/** The form fields that carry an assertion. */
export const proofOf = (assertion: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});

/** The fields with which a backend service asks for a token. */
export const askToken = (assertion: string) => ({
  grant_type: 'client_credentials',
  scope: 'system/*.rs',
  ...proofOf(assertion),
});

/** An app's server that publishes keys, and counts how often it is asked. */
export async function publishKeys(keys: AppKey[], headers: Record<string, string> = {}) {
  const published = { keys, headers, asked: [] as string[], status: 200, url: '', close: () => server.close() };
  const server = createServer((request, response) => {
    published.asked.push(`${request.method} ${request.url}`);
    response.writeHead(published.status, { 'content-type': 'application/json', ...published.headers });
    response.end(JSON.stringify({ keys: published.keys.map((key) => key.publicJwk) }));
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  published.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  return published;
}
