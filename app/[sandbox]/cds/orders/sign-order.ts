import { randomUUID } from 'node:crypto';
import { writeToRecord } from '#lib/cds-hooks/write-record.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';

interface Order {
  patient: string;
  encounter?: string | undefined;
  draft: { resourceType: string; [element: string]: unknown };
}

/**
 * Writes a draft as an active order for the patient, signed by the member now; the draft's own values for these
 * elements are replaced.
 * @throws FhirError 422 for a draft that is not valid R4, 403 for a member who may not order.
 */
export function signOrder(member: Member, { patient, encounter, draft }: Order, now = new Date()): Promise<string> {
  const { encounter: _, requester: __, ...order } = draft;
  const signed = {
    ...order,
    id: randomUUID(),
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${patient}` },
    encounter: encounter ? { reference: `Encounter/${encounter}` } : undefined,
    authoredOn: now.toISOString(),
    requester: member.fhirUser ? { reference: member.fhirUser, display: member.user.name } : undefined,
  };
  return writeToRecord(member, patient, withoutUndefined(signed));
}
