import { randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { ClientType } from '#lib/smart/client/choices.ts';

const scrypt = promisify<string, Buffer, number, { N: number }, Buffer>(scryptCallback);

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
export async function hashClientSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await scrypt(secret, salt, 32, { N: cost });
  return ['scrypt', cost, salt.toString('base64url'), hash.toString('base64url')].join(':');
}

/** Tells whether `stored` is the hash of `secret`, in constant time, so that guesses cannot be measured. */
export async function matchesClientSecret(secret: string, stored: string): Promise<boolean> {
  const [scheme, storedCost, salt, hash] = stored.split(':');
  if (scheme !== 'scrypt' || !storedCost || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await scrypt(secret, Buffer.from(salt, 'base64url'), expected.length, { N: Number(storedCost) });
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
