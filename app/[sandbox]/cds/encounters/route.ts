import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { writeToRecord } from '#lib/cds-hooks/write-record.ts';
import { answerMember } from '../member-request.ts';
import { Id } from '../orders/draft-order.ts';

const Started = z.strictObject({ patient: Id });

/** Starts an encounter: an ambulatory one, in progress from now on. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerMember(request, (await params).sandbox, Started, async (member, { patient }) => {
    const { fhirUser, user } = member;
    const id = randomUUID();
    await writeToRecord(member, patient, {
      resourceType: 'Encounter',
      id,
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
      subject: { reference: `Patient/${patient}` },
      ...(fhirUser ? { participant: [{ individual: { reference: fhirUser, display: user.name } }] } : {}),
      period: { start: new Date().toISOString() },
    });
    return Response.json({ encounter: id });
  });
}
