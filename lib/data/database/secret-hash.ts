import { createHash } from 'node:crypto';
import { z } from 'zod';

const SecretHash = z.string().brand<'SecretHash'>();

/** The hash under which a bearer secret is stored; a type of its own, so that the secret itself is never stored by mistake. */
export type SecretHash = z.infer<typeof SecretHash>;

/** How a bearer secret is found without being stored: `base64url(sha256(value))`. */
export function secretHash(value: string): SecretHash {
  return SecretHash.parse(createHash('sha256').update(value).digest('base64url'));
}
