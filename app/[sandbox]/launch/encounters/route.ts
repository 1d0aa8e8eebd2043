import { encounterChoices } from '#components/record/encounter-choice.ts';
import { notePatient } from '#lib/audit/note-patient.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { findEncounters } from '#lib/data/chart/patient-record.ts';
import { memberRoute } from '#lib/session/member-request.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';
import { lookup } from '../lookup.ts';

/** Answers a patient's encounters, newest first, for the list of the launch dialog. */
export const GET = memberRoute(lookup, async ({ member, request }) => {
  const patient = new URL(request.url).searchParams.get('patient') ?? '';
  const asked = { interaction: 'lookup', path: 'launch/encounters', query: { patient: patient.slice(0, 200) } };
  const encounters = await auditedPage(member, asked, () => {
    notePatient(member.sandbox.id, patient);
    return findEncounters(readerOf(member), patient);
  });
  return Response.json(encounterChoices(encounters));
});
