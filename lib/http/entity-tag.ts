import { createHash } from 'node:crypto';

/** The weak ETag of a text: as long as that does not change, neither does it. */
export function weakEntityTag(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/**
 * Whether what a request holds, as its If-None-Match says, is still the one with `tag`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function isHeld(ifNoneMatch: string | null, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  const held = (ifNoneMatch ?? '').split(',').map(opaque);
  return held.includes('*') || held.includes(opaque(tag));
}
