import { findEncounters } from '#lib/data/chart/patient-record.ts';
import { findPatients } from '#lib/data/chart/patients.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { patientsOf, permissionOfMember } from '#lib/smart/permission/member-permission.ts';

/**
 * The id of the only patient whom a member may choose; undefined when there are several, or none. For a patient, these
 * are they themselves and those for whom they act; for everyone else, all patients whom they may see.
 */
export async function onlyPatient(sandboxId: number, member: SandboxMember): Promise<string | undefined> {
  if (member.role === 'patient') {
    const [own, ...others] = patientsOf(member);
    return others.length === 0 ? own : undefined;
  }
  const anybody = { name: '', identifier: '', birthdate: '' };
  const { patients } = await findPatients({ sandboxId, permission: permissionOfMember(member) }, anybody, {
    count: 2,
  });
  return patients.length === 1 ? patients[0]?.id : undefined;
}

/**
 * The id of the only encounter of a patient, as far as the member may see them. With several it is undefined, and the
 * user is asked; with none it is null, and the request goes on without an encounter, since there is nothing to ask.
 */
export async function onlyEncounter(
  sandboxId: number,
  member: SandboxMember,
  patient: string,
): Promise<string | null | undefined> {
  const encounters = await findEncounters({ sandboxId, permission: permissionOfMember(member) }, patient);
  return encounters.length > 1 ? undefined : (encounters[0]?.id ?? null);
}
