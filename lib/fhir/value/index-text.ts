import { createHash } from 'node:crypto';

/** Longer texts do not fit into a database index; far above any code, name or identifier in use. */
const longest = 200;

/** The text as it stands in an index: itself, or its digest when it is too long. Half a surrogate pair is no text. */
export function indexKey(text: string): string {
  const valid = text.toWellFormed();
  return valid.length <= longest ? valid : `sha256:${createHash('sha256').update(valid).digest('base64url')}`;
}

/**
 * The text as string search compares it: lower case, without diacritics, single spaces, cut where an index ends.
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function normalizeText(text: string): string {
  const plain = text.toWellFormed().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...plain.replaceAll(/\s+/g, ' ').trim()].slice(0, longest).join('');
}
