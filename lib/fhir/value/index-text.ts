import { createHash } from 'node:crypto';

/** Longest text stored in an index, within what PostgreSQL allows and far above any code, name or identifier in use. */
const maxLength = 200;

/** How much of a text is looked at for a search that ignores case and marks: it may begin with much that is dropped. */
const maxRead = 10_000;

/** The text as stored in an index: itself, or its digest if too long. Unpaired surrogates are replaced. */
export function indexKey(text: string): string {
  const valid = text.toWellFormed();
  return valid.length <= maxLength ? valid : `sha256:${createHash('sha256').update(valid).digest('base64url')}`;
}

/**
 * The text as string search compares it: lower case, without diacritics, with single spaces, cut to the index's length.
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function normalizeText(text: string): string {
  const plain = text.slice(0, maxRead).toWellFormed().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...plain.replaceAll(/\s+/g, ' ').trim()].slice(0, maxLength).join('');
}
