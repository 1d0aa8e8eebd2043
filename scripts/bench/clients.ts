/** Apps for the bench only: one that refreshes its tokens, and a backend service that authenticates with a key. */
import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { Client } from 'pg';
import type { PostgresServer } from '#scripts/machine/postgres.ts';
import { scope } from './launch.ts';

export const offlineApp = 'bench_offline';
export const offlineScope = `${scope} offline_access`;
const service = 'bench_service';

export function newServiceKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
}

/** Registration of the backend service, with the public half of its key. */
export function serviceClient(key: KeyObject, scope: string) {
  const publicKey = createPublicKey(key.export({ type: 'pkcs8', format: 'pem' }));
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES384', use: 'sig' }] };
  const type = 'jwks' as const;
  const accessTokenLifetime = 24 * 60 * 60;
  return { clientId: service, name: service, redirectUris: [], scope, type, jwks, trusted: true, accessTokenLifetime };
}

/** Registers both in the shipped sandbox, and returns the service's key. */
export async function registerClients({ url }: PostgresServer): Promise<KeyObject> {
  const key = newServiceKey();
  const { jwks } = serviceClient(key, '');
  const client = new Client({ connectionString: url });
  await client.connect();
  const copy = `INSERT INTO client (sandbox_id, client_id, name, launch_uri, redirect_uris, scope, type, jwks, trusted, updated_at)
    SELECT sandbox_id, $1, $1, launch_uri, $2, $3, $4::client_type, $5, true, now()
    FROM client WHERE client_id = 'bilirubin_chart'`;
  const { rows } = await client.query(`SELECT redirect_uris FROM client WHERE client_id = 'bilirubin_chart'`);
  await client.query(copy, [offlineApp, rows[0].redirect_uris, offlineScope, 'public', null]);
  await client.query(copy, [service, [], 'system/Patient.rs', 'jwks', JSON.stringify(jwks)]);
  await client.end();
  return key;
}

/** The service's token request, with a fresh assertion. */
export function serviceForm(
  tokenEndpoint: string,
  key: KeyObject,
  scope = 'system/Patient.rs',
): Record<string, string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: service, sub: service, aud: tokenEndpoint, iat: now, exp: now + 120, jti: randomUUID() };
  const signed = `${encoded({ alg: 'ES384', kid: 'bench', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = sign('sha384', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return {
    grant_type: 'client_credentials',
    scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${signed}.${signature}`,
  };
}

function encoded(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}
