import { FhirError, invalid } from '#lib/fhir/fhir-error.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { queryPairs } from '#lib/http/query-pairs.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { requireReach, requireType } from '../read/read.ts';
import type { Condition } from './change.ts';

/** Parameters that only shape the answer and are not criteria. */
const aside = ['_format', '_pretty'];

/**
 * Reads the criteria of a conditional interaction from `text`, a query string with or without its question mark.
 * Choosing a resource by a search requires the right to search.
 * @throws FhirError 403 when the type may not be searched, 412 without any criteria, 400 for criteria that cannot be
 * used.
 * @see https://hl7.org/fhir/R4/http.html#ccreate
 */
export function readCondition(permission: Permission, base: string, resourceType: string, text: string): Condition {
  requireType(resourceType);
  requireReach(permission, resourceType, 's');
  const pairs = queryPairs(text.replace(/^.*?\?/s, ''));
  if (!pairs) throw invalid('The search criteria are not properly percent-encoded.');
  const criteria = [...pairs].filter(([name, value]) => !aside.includes(name) && value !== '');
  if (criteria.length === 0) {
    throw new FhirError(
      412,
      'required',
      `The condition names no search criteria, which every ${resourceType} would meet.`,
    );
  }
  const { clauses, applied, ignored } = parseSearch(resourceType, criteria, base);
  if (ignored.length > 0) throw invalid(ignored.join(' '));
  if (clauses.length < applied.length) throw invalid('A condition is made of search parameters of the resource alone.');
  const name = applied.map((pair) => new URLSearchParams([pair]).toString());
  return { resourceType, clauses, name: `${resourceType}?${name.sort().join('&')}` };
}
