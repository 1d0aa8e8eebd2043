import { summarizePatient } from '#components/patient/patient-summary.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { findPatientsById } from '#lib/data/chart/patients-by-id.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';

/** The names of patients by their ids. */
export type PatientNames = ReadonlyMap<string | undefined, string>;

/** Reads the names of those patients whom `member` may see, audited for the page at `path` below the sandbox. */
export async function patientNames(member: Member, path: string, ids: readonly string[]): Promise<PatientNames> {
  if (ids.length === 0) return new Map();
  const patients = await auditedPage(member, { interaction: 'lookup', path }, () =>
    findPatientsById(readerOf(member), [...new Set(ids)]),
  );
  const now = new Date();
  return new Map(patients.map((patient) => [patient.id, summarizePatient(patient, now).name]));
}

/** The patient `id` as lists show them, with the name if it is known; undefined without an id. */
export function namedPatient(id: string | undefined, names: PatientNames) {
  return id ? { id, name: names.get(id) } : undefined;
}
