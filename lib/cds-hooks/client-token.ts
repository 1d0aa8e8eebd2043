import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { findSigningKeys } from '#lib/data/token/signing-keys.ts';
import { issuerOf } from '#lib/env.ts';
import { smartEndpoints } from '#lib/smart/sandbox/capabilities.ts';

const lifetime = 5 * 60;

/**
 * A JWT that proves to the service at `endpoint` who is calling. It is signed with a key of the sandbox's issuer, which
 * publishes the public half, and is valid for this endpoint only, for five minutes.
 * @see https://cds-hooks.hl7.org/2.0/#trusting-cds-clients
 */
export async function clientToken(
  { id, slug }: Pick<Sandbox, 'id' | 'slug'>,
  endpoint: string,
  now = new Date(),
): Promise<string> {
  const issuer = issuerOf(slug);
  const key = (await findSigningKeys(id)).find(({ alg }) => alg === 'ES384');
  if (!key) throw new Error(`The sandbox ${slug} has no ES384 key.`);
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ tenant: slug })
    .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: key.kid ?? '', jku: smartEndpoints(issuer).jwks })
    .setIssuer(issuer)
    .setAudience(endpoint)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .setJti(randomUUID())
    .sign(await importJWK(key, 'ES384'));
}
