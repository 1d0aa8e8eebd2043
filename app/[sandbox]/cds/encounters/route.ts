import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { notePatient } from '#lib/audit/note-patient.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { writeToRecord } from '#lib/cds-hooks/write-record.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { memberRoute } from '#lib/session/member-request.ts';
import { chartRequest } from '../chart-request.ts';
import { Id } from '../orders/draft-order.ts';

const Started = z.strictObject({ patient: Id });

/** Starts an ambulatory encounter, in progress from now on. */
export const POST = memberRoute(chartRequest(Started), async ({ member, body: { patient } }) => {
  const asked = { interaction: 'encounter', method: 'POST' as const, path: 'cds/encounters' };
  const encounter = await auditedPage(member, asked, () => {
    notePatient(member.sandbox.id, patient);
    return start(member, patient);
  });
  return Response.json({ encounter });
});

async function start(member: Member, patient: string): Promise<string> {
  const { fhirUser, user } = member;
  const id = randomUUID();
  const encounter = {
    resourceType: 'Encounter',
    id,
    status: 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: { reference: `Patient/${patient}` },
    participant: fhirUser ? [{ individual: { reference: fhirUser, display: user.name } }] : undefined,
    period: { start: new Date().toISOString() },
  };
  await writeToRecord(member, patient, withoutUndefined(encounter));
  return id;
}
