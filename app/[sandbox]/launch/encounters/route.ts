import { encounterChoices } from '#components/record/encounter-choice.ts';
import { notePatient } from '#lib/audit/note-patient.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { findEncounters } from '#lib/data/chart/patient-record.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';

/** A patient's encounters, newest first, as the launch dialog lists them. */
export async function GET(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  const member = await memberOf((await params).sandbox);
  if (typeof member === 'string')
    return Response.json({ error: member }, { status: member === 'signed-out' ? 401 : 403 });
  const patient = new URL(request.url).searchParams.get('patient') ?? '';
  const asked = { interaction: 'lookup', path: 'launch/encounters', query: { patient: patient.slice(0, 200) } };
  const encounters = await auditedPage(member, asked, () => {
    notePatient(member.sandbox.id, patient);
    return findEncounters(readerOf(member), patient);
  });
  return Response.json(encounterChoices(encounters));
}
