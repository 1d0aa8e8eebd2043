import type { Resource } from 'fhir/r4';
import { inTransaction } from '#lib/data/database/transaction.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { readResource } from '#lib/data/resource/resources.ts';
import { writeResources } from '#lib/data/resource/write.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';
import { requireValid } from './actions.ts';
import { chartWriter } from './chart-writer.ts';

/**
 * Writes a new resource into a patient's record with the member's rights.
 * @returns its reference, `Type/id`
 * @throws FhirError 422 if it is not valid R4, 404 for an unknown patient, 403 if the member may not write it
 */
export async function writeToRecord(
  member: Member,
  patient: string,
  resource: { resourceType: string; id: string; [element: string]: unknown },
): Promise<string> {
  const valid: Resource = await requireValid(resource);
  if (!(await readResource(readerOf(member), 'Patient', patient))) {
    throw new FhirError(404, 'not-found', 'There is no such patient.');
  }
  await inTransaction(() => writeResources(chartWriter(member, patient), [{ resource: valid, verb: 'c' }]));
  return `${valid.resourceType}/${valid.id}`;
}
