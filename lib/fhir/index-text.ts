import { createHash } from 'node:crypto';

/** Longer texts do not fit into a database index; far above any code, name or identifier in use. */
const longest = 200;

/** The text as it stands in an index: itself, or its digest when it is too long. */
export function indexKey(text: string): string {
  return text.length <= longest ? text : `sha256:${createHash('sha256').update(text).digest('base64url')}`;
}

/**
 * The text as string search compares it: lower case, without diacritics, single spaces, cut where an index ends.
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function normalizeText(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...plain.replaceAll(/\s+/g, ' ').trim()].slice(0, longest).join('');
}
