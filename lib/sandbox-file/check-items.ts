import type { z } from 'zod';
import { inTurns } from '#lib/work/in-turns.ts';
import { boundedProblems, jsonPath, maxProblems, type Problem, problemOfIssue } from './problem.ts';
import type { itemsOfFile } from './schema/schema.ts';

type Schemas = ReturnType<typeof itemsOfFile>;

/**
 * Checks the items of the lists of a sandbox file one by one, in turns with other requests, until there are more
 * problems than anybody reads. The schema of the whole file would make all of them first: a problem of every member of
 * every item.
 * @returns the problems when there are so many; otherwise none, and the schema may look at the whole file
 */
export async function tooManyProblems(written: unknown, schemas: Schemas, file: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for await (const { name, index, item } of inTurns(itemsOf(written, Object.keys(schemas)))) {
    problems.push(...problemsOfItem(schemas[name as keyof Schemas], item, [name, index], file));
    if (problems.length > maxProblems) return boundedProblems(problems, file);
  }
  return [];
}

function* itemsOf(written: unknown, names: string[]): Generator<{ name: string; index: number; item: unknown }> {
  const members = Object(written) as Record<string, unknown>;
  for (const name of names) {
    const list = members[name];
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) yield { name, index, item };
  }
}

function problemsOfItem(schema: z.ZodType, item: unknown, path: (string | number)[], file: string): Problem[] {
  const resources = problemsOfResources(item, path, file);
  if (resources.length > maxProblems) return resources;
  const { error } = schema.safeParse(item);
  return (error?.issues ?? []).slice(0, maxProblems + 1).map((issue) => problemOfIssue(issue, path, file));
}

/** Resources stand in one list, which may be long. */
function problemsOfResources(item: unknown, path: (string | number)[], file: string): Problem[] {
  const { resources } = Object(item) as { resources?: unknown };
  if (path[0] !== 'data' || !Array.isArray(resources)) return [];
  const untyped = resources.flatMap((resource, index) => (typeof resource?.resourceType === 'string' ? [] : [index]));
  return untyped.slice(0, maxProblems + 1).map((index) => ({
    file,
    path: jsonPath([...path, 'resources', index, 'resourceType']),
    reason: 'must be the type of a FHIR resource',
  }));
}
