import { summarizePatient } from '#components/patient/patient-summary.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { suggestPatients } from '#lib/data/chart/patients.ts';
import { memberRoute } from '#lib/session/member-request.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';
import { lookup } from '../lookup.ts';

/**
 * Answers the patients for whom a member may launch, found by name or identifier, for the list of the launch dialog.
 */
export const GET = memberRoute(lookup, async ({ member, request }) => {
  const text = new URL(request.url).searchParams.get('q')?.slice(0, 200) ?? '';
  const asked = { interaction: 'lookup', path: 'launch/patients', query: { q: text } };
  const patients = await auditedPage(member, asked, () => suggestPatients(readerOf(member), text));
  const now = new Date();
  return Response.json(patients.map((patient) => summarizePatient(patient, now)));
});
