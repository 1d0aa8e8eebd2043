import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema.ts';

/** References to the FHIR resources that represent the users of a sandbox file. */
export function fhirUsersOf({ users }: SandboxFile): Set<string> {
  return new Set(users.flatMap(({ fhirUser }) => fhirUser ?? []));
}

/**
 * Problems for users whose FHIR resource is among `missing` and not in the sandbox either.
 * @param exists whether the sandbox has the resource with this literal reference
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
