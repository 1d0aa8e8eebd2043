import { summarizePatient } from '#components/patient/patient-summary.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { suggestPatients } from '#lib/data/chart/patients.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';

/** The patients a member may launch for, by name or identifier, as the launch dialog lists them. */
export async function GET(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  const member = await memberOf((await params).sandbox);
  if (typeof member === 'string')
    return Response.json({ error: member }, { status: member === 'signed-out' ? 401 : 403 });
  const text = new URL(request.url).searchParams.get('q')?.slice(0, 200) ?? '';
  const patients = await auditedPage(
    member,
    { interaction: 'lookup', path: 'launch/patients', query: { q: text } },
    () => suggestPatients(readerOf(member), text),
  );
  const now = new Date();
  return Response.json(patients.map((patient) => summarizePatient(patient, now)));
}
