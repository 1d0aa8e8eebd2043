import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

/** A place in a sandbox file that names a resource. */
interface Pointer {
  path: string;
  /** Literal reference to the resource. */
  reference: string;
  /** Whether a new sandbox must have the resource: its user would otherwise stand for nobody from the start. */
  required: boolean;
  /** Who needs the resource, for people: `the user pia stands for it`. */
  use: string;
}

/** The resources that users stand for and act for, and those that scenarios are about. */
export function pointersOf({ users, scenarios }: Pick<SandboxFile, 'users' | 'scenarios'>): Pointer[] {
  const ofUsers = users.flatMap(({ username, fhirUser, proxyFor = [] }, index) => [
    ...(fhirUser
      ? [
          {
            path: jsonPath(['users', index, 'fhirUser']),
            reference: fhirUser,
            required: true,
            use: `the user ${username} stands for it`,
          },
        ]
      : []),
    ...proxyFor.map((id, position) => ({
      path: jsonPath(['users', index, 'proxyFor', position]),
      reference: `Patient/${id}`,
      required: false,
      use: `the user ${username} acts for it`,
    })),
  ]);
  const ofScenarios = scenarios.flatMap(({ id: scenario, parameters }, index) =>
    (['patient', 'encounter'] as const).flatMap((name) => {
      const id = parameters[name];
      if (typeof id !== 'string') return [];
      const reference = `${name === 'patient' ? 'Patient' : 'Encounter'}/${id}`;
      const path = jsonPath(['scenarios', index, 'parameters', name]);
      return [{ path, reference, required: false, use: `the scenario ${scenario} is about it` }];
    }),
  );
  return [...ofUsers, ...ofScenarios];
}

/** Pointers that lead nowhere: mistakes, and what somebody should only know. */
export interface Dangling {
  problems: Problem[];
  warnings: Problem[];
}

/**
 * Judges pointers by the references that are `missing` in the data of the file and not in the sandbox either. In a
 * sandbox that `exists` already, the resource may have been deleted since, which must not keep it from being served.
 * @param stored whether the sandbox has the resource with this literal reference
 */
export async function judgePointers(
  file: string,
  pointers: Pointer[],
  { missing, exists, stored }: { missing: Set<string>; exists: boolean; stored(reference: string): Promise<boolean> },
): Promise<Dangling> {
  const dangling: Dangling = { problems: [], warnings: [] };
  const remedy = exists ? 'If it was deleted, write it again over FHIR under this id' : 'Add it to the data';
  for (const { path, reference, required, use } of pointers) {
    if (!missing.has(reference) || (await stored(reference))) continue;
    const missed = `${reference} is neither in the data of this file nor in the sandbox, and ${use}`;
    const problem = { file, path, reason: `${missed}. ${remedy}, or name another one here` };
    dangling[required && !exists ? 'problems' : 'warnings'].push(problem);
  }
  return dangling;
}
