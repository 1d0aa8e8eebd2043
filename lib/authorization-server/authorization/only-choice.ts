import { findEncounters } from '#lib/data/chart/patient-record.ts';
import { findPatients } from '#lib/data/chart/patients.ts';
import type { Account } from '#lib/data/member/accounts.ts';
import { patientsOf, permissionOfMember } from '#lib/smart/permission/member-permission.ts';

/**
 * The only patient whom a user may see; undefined when there are several, or none. A patient who acts for nobody else
 * has only their own record.
 */
export async function onlyPatient(sandboxId: number, account: Account): Promise<string | undefined> {
  if (account.role === 'patient') {
    const [own, ...others] = patientsOf(account);
    return others.length === 0 ? own : undefined;
  }
  const anybody = { name: '', identifier: '', birthdate: '' };
  const { patients } = await findPatients({ sandboxId, permission: permissionOfMember(account) }, anybody, {
    count: 2,
  });
  return patients.length === 1 ? patients[0]?.id : undefined;
}

/** The only encounter of a patient that a user may see; null when there is none, undefined when there are several. */
export async function onlyEncounter(
  sandboxId: number,
  account: Account,
  patient: string,
): Promise<string | null | undefined> {
  const encounters = await findEncounters({ sandboxId, permission: permissionOfMember(account) }, patient);
  return encounters.length > 1 ? undefined : (encounters[0]?.id ?? null);
}
