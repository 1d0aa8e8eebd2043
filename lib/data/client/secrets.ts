import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { ClientType } from '#lib/smart/client/choices.ts';
import { deriveKey, type HashLane } from '../hashing.ts';

/**
 * The scrypt cost, about 8 ms for each comparison. Our own secrets have 256 bits, but a sandbox file may hold weaker
 * ones.
 */
const cost = 4096;

/** A client secret of 256 random bits, in characters that need no encoding in a Basic header or a form. */
export function newClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The salted hash of a client secret, as `client.clientSecretHash` keeps it: `scrypt:{cost}:{salt}:{hash}`. */
export async function hashClientSecret(secret: string, lane: HashLane = 'client'): Promise<string> {
  const salt = randomBytes(16);
  const hash = await deriveKey(lane, { secret, salt, length: 32, options: { N: cost } });
  return ['scrypt', cost, salt.toString('base64url'), hash.toString('base64url')].join(':');
}

/** Tells whether `stored` is the hash of `secret`, in constant time, so that guesses cannot be measured. */
export async function matchesClientSecret(secret: string, stored: string, lane: HashLane = 'client'): Promise<boolean> {
  const [scheme, storedCost, salt, hash] = stored.split(':');
  if (scheme !== 'scrypt' || !storedCost || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const options = { N: Number(storedCost) };
  const actual = await deriveKey(lane, {
    secret,
    salt: Buffer.from(salt, 'base64url'),
    length: expected.length,
    options,
  });
  return timingSafeEqual(actual, expected);
}

/** Makes the secret for a new client of this type, and the column with its hash, which is null for other types. */
export async function newSecretFor(
  type: ClientType,
): Promise<{ clientSecret?: string; columns: { clientSecretHash?: string | null } }> {
  if (type !== 'secret') return { columns: { clientSecretHash: null } };
  const clientSecret = newClientSecret();
  return { clientSecret, columns: { clientSecretHash: await hashClientSecret(clientSecret) } };
}
