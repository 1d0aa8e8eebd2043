import { createHash } from 'node:crypto';

/** A weak ETag derived from a text: it changes exactly when the text does. */
export function weakEntityTag(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/**
 * Whether the client's copy, named by If-None-Match, is still the current one with `tag`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function isHeld(ifNoneMatch: string | null, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  const held = (ifNoneMatch ?? '').split(',').map(opaque);
  return held.includes('*') || held.includes(opaque(tag));
}
