import type { Resource } from 'fhir/r4';
import { validateAside } from '#lib/aside/validate-aside.ts';
import { isError } from '#lib/fhir/validation/resource-issue.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { conditionalReferences, IdentifierIndex } from './conditional-references.ts';
import { type DataChunk, readData, type SourceContext } from './data-source.ts';
import { boundedProblems, jsonPath, maxProblems, type Problem } from './problem.ts';
import type { SandboxFile } from './schema/schema.ts';
import { findSourceFiles } from './source-files.ts';

/** Result of checking all data of a sandbox file; writing the data needs the identifiers. */
export interface CheckedData {
  problems: Problem[];
  identifiers: IdentifierIndex;
  count: number;
}

/** Types that Synthea's patient files refer to by identifier; it defines them in separate files. */
const sharedTypes = new Set(['Organization', 'Practitioner', 'PractitionerRole', 'Location']);

/**
 * Checks all data of a sandbox file without keeping it: every resource must be valid R4, and every reference within a
 * Bundle or by identifier must have a target. Writes nothing.
 * @param wanted literal references to look for; those found in the data are removed from the set
 * @param onChunk called and awaited for every file or line
 */
export async function checkData(
  file: Pick<SandboxFile, 'data'>,
  context: SourceContext,
  wanted: Set<string>,
  onChunk: () => unknown = () => {},
): Promise<CheckedData> {
  const told = ({ problems }: CheckedData) => boundedProblems(problems, context.sandboxFile);
  const found: CheckedData = { problems: sourceProblems(file, context), identifiers: new IdentifierIndex(), count: 0 };
  const conditional: ConditionalUse[] = [];
  for await (const chunk of readData(file, context)) {
    await onChunk();
    conditional.push(...(await checkChunk(chunk, found)));
    for (const { resource } of chunk.resources) wanted.delete(`${resource.resourceType}/${resource.id}`);
    if (found.problems.length > maxProblems) return { ...found, problems: told(found) };
  }
  const dangling = conditional.filter(({ reference }) => !found.identifiers.find(reference));
  found.problems.push(...dangling.slice(0, maxProblems + 1).map(({ reference: _, ...problem }) => problem));
  return { ...found, problems: told(found) };
}

/** A reference by identifier, in the form of the problem to report if nothing has that identifier. */
interface ConditionalUse extends Problem {
  reference: string;
}

async function checkChunk(chunk: DataChunk, found: CheckedData): Promise<ConditionalUse[]> {
  const conditional: ConditionalUse[] = [];
  found.problems.push(...chunk.problems.slice(0, maxProblems + 1));
  for await (const { path, resource, reason } of inTurns(chunk.resources)) {
    // Data that bad needs no longer list.
    if (found.problems.length > maxProblems) break;
    found.count++;
    if (reason) found.problems.push({ file: chunk.file, path, reason });
    else found.problems.push(...(await invalidities(chunk.file, path, resource)));
    if (sharedTypes.has(resource.resourceType)) found.identifiers.add(resource);
    for (const { reference } of conditionalReferences(resource)) {
      const why = `refers to ${reference}, and no resource of this file has that identifier`;
      conditional.push({ file: chunk.file, path, reason: why, reference });
    }
  }
  return conditional;
}

async function invalidities(file: string, path: string, resource: Resource): Promise<Problem[]> {
  const errors = (await validateAside(resource, 'files')).filter(isError);
  return errors.slice(0, maxProblems + 1).map(({ expression, diagnostics }) => ({
    file,
    path,
    reason: `${resource.resourceType}/${resource.id}${expression ? ` at ${expression}` : ''}: ${diagnostics}`,
  }));
}

const faults = {
  absent: (name: string) => `no file matches ${name}`,
  outside: (name: string) =>
    `${name} leads out of the folder of the sandbox file; if you trust the file, start with --outside-data`,
  unreadable: (name: string) => `${name} cannot be read, or is no file`,
};

function sourceProblems(file: Pick<SandboxFile, 'data'>, context: SourceContext): Problem[] {
  return file.data.flatMap((source, index) => {
    const found = typeof source === 'string' ? findSourceFiles(source, context) : [];
    if (Array.isArray(found)) return [];
    const reason = faults[found.fault](found.name);
    return [{ file: context.sandboxFile, path: jsonPath(['data', index]), reason }];
  });
}
