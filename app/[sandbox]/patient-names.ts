import { summarizePatient } from '#components/patient/patient-summary.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { findPatientsById } from '#lib/data/chart/patients-by-id.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';

/** The names, by their ids, of those patients whom `member` may see, for the page at `path` below the sandbox. */
export async function patientNames(
  member: Member,
  path: string,
  ids: readonly string[],
): Promise<Map<string | undefined, string>> {
  if (ids.length === 0) return new Map();
  const patients = await auditedPage(member, { interaction: 'lookup', path }, () =>
    findPatientsById(readerOf(member), [...new Set(ids)]),
  );
  const now = new Date();
  return new Map(patients.map((patient) => [patient.id, summarizePatient(patient, now).name]));
}
