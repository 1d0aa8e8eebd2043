import { createHash } from 'node:crypto';
import { z } from 'zod';

const SecretHash = z.string().brand<'SecretHash'>();

/** The hash under which a bearer secret is stored; branded, so that the compiler refuses to store the secret itself. */
export type SecretHash = z.infer<typeof SecretHash>;

/** Hashes a bearer secret as `base64url(sha256(value))`, so that it can be looked up without being stored. */
export function secretHash(value: string): SecretHash {
  return SecretHash.parse(createHash('sha256').update(value).digest('base64url'));
}
