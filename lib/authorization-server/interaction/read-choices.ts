import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { readResource } from '#lib/data/resource/resources.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { permissionOfMember } from '#lib/smart/permission/member-permission.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import type { Choices } from '../authorization/choices.ts';
import type { OpenInteraction } from './open-interaction.ts';

/** The patient or encounter that the user chose in the form of the current step; undefined when they may not see it. */
export async function readChoices(
  { prompt, sandbox, toAllow }: OpenInteraction,
  member: SandboxMember,
  form: URLSearchParams,
): Promise<Choices | undefined> {
  if (prompt === 'patient') return choosePatient(sandbox.id, member, form.get('patient'));
  if (prompt === 'encounter') return chooseEncounter(sandbox.id, toAllow.patient ?? '', form.get('encounter'));
  return undefined;
}

async function choosePatient(sandboxId: number, member: SandboxMember, id: unknown): Promise<Choices | undefined> {
  const found = isId(id) && (await readResource({ sandboxId, permission: permissionOfMember(member) }, 'Patient', id));
  return found ? { patient: id } : undefined;
}

/** The chosen encounter of the patient who was chosen before, or the choice of none. */
async function chooseEncounter(sandboxId: number, patient: string, id: unknown): Promise<Choices | undefined> {
  if (id === '') return { encounter: null };
  const ofPatient = { scopes: resourceScopes('patient/Encounter.r'), patient };
  const found = isId(id) && (await readResource({ sandboxId, permission: ofPatient }, 'Encounter', id));
  return found ? { encounter: id } : undefined;
}
