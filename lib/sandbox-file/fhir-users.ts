import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema.ts';

/** The FHIR resources that stand for the users of a sandbox file. */
export function fhirUsersOf({ users }: SandboxFile): Set<string> {
  return new Set(users.flatMap(({ fhirUser }) => fhirUser ?? []));
}

/**
 * The users whose FHIR resource is among `missing`, unless the sandbox has it from before.
 * @param exists tells whether the sandbox has a resource, by its literal reference.
 */
export async function checkFhirUsers(
  { users }: SandboxFile,
  missing: Set<string>,
  file: string,
  exists: (reference: string) => Promise<boolean>,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [index, { fhirUser }] of users.entries()) {
    if (!fhirUser || !missing.has(fhirUser) || (await exists(fhirUser))) continue;
    const reason = `${fhirUser} is neither in the data of this file nor in the sandbox`;
    problems.push({ file, path: jsonPath(['users', index, 'fhirUser']), reason });
  }
  return problems;
}
