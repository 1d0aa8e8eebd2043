import { jsonPath, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';

/** A place in a sandbox file that names a resource. */
interface Pointer {
  path: string;
  /** Literal reference to the resource. */
  reference: string;
  /** Whether a new sandbox must have the resource: its user would otherwise stand for nobody from the start. */
  required: boolean;
}

/** The resources that users stand for and act for, and those that scenarios are about. */
export function pointersOf({ users, scenarios }: Pick<SandboxFile, 'users' | 'scenarios'>): Pointer[] {
  const ofUsers = users.flatMap(({ fhirUser, proxyFor = [] }, index) => [
    ...(fhirUser ? [{ path: jsonPath(['users', index, 'fhirUser']), reference: fhirUser, required: true }] : []),
    ...proxyFor.map((id, position) => ({
      path: jsonPath(['users', index, 'proxyFor', position]),
      reference: `Patient/${id}`,
      required: false,
    })),
  ]);
  const ofScenarios = scenarios.flatMap(({ parameters }, index) =>
    (['patient', 'encounter'] as const).flatMap((name) => {
      const id = parameters[name];
      if (typeof id !== 'string') return [];
      const reference = `${name === 'patient' ? 'Patient' : 'Encounter'}/${id}`;
      return [{ path: jsonPath(['scenarios', index, 'parameters', name]), reference, required: false }];
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
  for (const { path, reference, required } of pointers) {
    if (!missing.has(reference) || (await stored(reference))) continue;
    const problem = { file, path, reason: `${reference} is neither in the data of this file nor in the sandbox` };
    dangling[required && !exists ? 'problems' : 'warnings'].push(problem);
  }
  return dangling;
}
