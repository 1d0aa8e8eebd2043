import type { Practitioner } from 'fhir/r4';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { searchResources } from '../search/search.ts';

/** The first two hundred practitioners of a sandbox by family name, as far as `permission` lets them be seen. */
export async function findPractitioners(sandboxId: number, permission: Permission): Promise<Practitioner[]> {
  const request = parseSearch('Practitioner', [
    ['_sort', 'family'],
    ['_count', '200'],
  ]);
  const { matches } = await searchResources(sandboxId, permission, request);
  return matches.map(({ content }) => JSON.parse(content));
}
