import { createHash } from 'node:crypto';

/** How a bearer secret is found without being stored: `base64url(sha256(value))`. */
export function secretHash(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
