import type { Practitioner } from 'fhir/r4';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { searchResources } from '../search/search.ts';

/** The first two hundred practitioners that `reader` may see, by family name. */
export async function findPractitioners(reader: Reader): Promise<Practitioner[]> {
  const request = parseSearch('Practitioner', [
    ['_sort', 'family'],
    ['_count', '200'],
  ]);
  const { matches } = await searchResources(reader, request);
  return matches.map(({ content }) => JSON.parse(content));
}
