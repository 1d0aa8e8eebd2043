import type { Bundle, BundleLink } from 'fhir/r4';
import { warnings } from '../operation-outcome.ts';

/** One resource in a searchset Bundle, as JSON text that is inserted unparsed. */
interface SearchsetResource {
  resourceType: string;
  id: string;
  content: string;
}

/** The contents of a searchset Bundle. */
export interface Searchset {
  /** FHIR base URL, without a trailing slash. */
  base: string;
  links: BundleLink[];
  total?: number;
  matches: SearchsetResource[];
  included: SearchsetResource[];
  /** Messages for the client, such as which parameters were ignored. */
  warnings: string[];
}

/**
 * A searchset Bundle as JSON text. Stored resources are text already, so they are inserted without being parsed.
 * @see https://hl7.org/fhir/R4/bundle.html#searchset
 */
export function searchsetText({ base, links, total, matches, included, warnings: texts }: Searchset): string {
  const head: Bundle = { resourceType: 'Bundle', type: 'searchset', link: links };
  if (total !== undefined) head.total = total;
  const entries = [
    ...matches.map((resource) => entryText(base, resource, 'match')),
    ...included.map((resource) => entryText(base, resource, 'include')),
    ...(texts.length > 0
      ? [JSON.stringify({ resource: warnings('not-supported', texts), search: { mode: 'outcome' } })]
      : []),
  ];
  const text = JSON.stringify(head);
  return entries.length > 0 ? `${text.slice(0, -1)},"entry":[${entries.join(',')}]}` : text;
}

function entryText(base: string, { resourceType, id, content }: SearchsetResource, mode: 'match' | 'include'): string {
  return `{"fullUrl":"${base}/${resourceType}/${id}","resource":${content},"search":{"mode":"${mode}"}}`;
}
