import type { Bundle, Resource } from 'fhir/r4';
import { validateAside } from '#lib/aside/validate-aside.ts';
import { type IdentifiedResource, identify, indexRowsOf } from '#lib/data/resource/identified.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { type FoundResource, resourcesOfBundle } from '#lib/sandbox-file/bundle-resources.ts';
import { parseJson } from '#lib/sandbox-file/parse-json.ts';
import type { Problem } from '#lib/sandbox-file/problem.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { digestOf, type Part } from './part.ts';
import type { ReferenceResolver } from './reference-resolver.ts';

/** A part that has been read and validated, and what is left of it to write. */
export interface PreparedPart {
  part: Part;
  digest: string;
  resources: Resource[];
  /** Place of each of `resources` in the file, for messages. */
  paths: string[];
  problems: Problem[];
  /** The resources ready to be written; absent until every reference has its target. */
  identified?: IdentifiedResource[];
}

/** Reading stops after this many problems, enough to see what is wrong. */
const maxProblems = 20;

/** Reads and validates a part, yielding regularly to other work of this process. */
export async function preparePart(part: Part, digest = digestOf(part)): Promise<PreparedPart> {
  const prepared: PreparedPart = { part, digest, resources: [], paths: [], problems: [] };
  for await (const { path, resource, reason } of inTurns(readableOf(part))) {
    const problems = reason ? [{ file: part.file, path, reason }] : await invalidities(part.file, path, resource);
    prepared.problems.push(...problems);
    if (prepared.problems.length >= maxProblems) break;
    if (problems.length > 0) continue;
    prepared.resources.push(resource);
    prepared.paths.push(path);
  }
  return prepared;
}

/**
 * Resolves references by identifier and, if all have a target, computes the index rows. Returns a problem for each
 * reference without one, or for each resource that cannot be stored.
 */
export async function indexPart(prepared: PreparedPart, resolver: ReferenceResolver): Promise<Problem[]> {
  const { resources, paths, part } = prepared;
  const open = await resolver.resolve(resources);
  if (open.length > 0) {
    return open.map(({ index, reason }) => ({ file: part.file, path: paths[index] ?? '$', reason }));
  }
  const identified: IdentifiedResource[] = [];
  const problems: Problem[] = [];
  for await (const [index, resource] of inTurns(resources.entries())) {
    const one = await indexed(resource);
    if (typeof one !== 'string') identified.push(one);
    else problems.push({ file: part.file, path: paths[index] ?? '$', reason: one });
  }
  if (problems.length === 0) prepared.identified = identified;
  return problems;
}

/** A resource ready to be written; or why it cannot be. */
async function indexed(resource: Resource): Promise<IdentifiedResource | string> {
  try {
    return { ...identify(resource), rows: await indexRowsOf(resource) };
  } catch (thrown) {
    if (isFhirError(thrown)) return thrown.message;
    throw thrown;
  }
}

/** Turns a stack overflow from extreme nesting into a problem of the file: the server itself is not at fault. */
function* readableOf(part: Part): Generator<FoundResource> {
  try {
    yield* resourcesOf(part);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    yield refused('$', 'is nested too deep');
  }
}

function* resourcesOf(part: Part): Generator<FoundResource> {
  if (!part.lines) return yield* resourcesOfJson(part.text, part.file, '$');
  const lines = part.text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim()) yield* resourcesOfJson(line, part.file, `line ${part.firstLine + index}`);
  }
}

function* resourcesOfJson(text: string, file: string, path: string): Generator<FoundResource> {
  const parsed = parseJson(text, file);
  if ('problem' in parsed) return yield refused(path, parsed.problem.reason);
  const { value } = parsed;
  const { resourceType, type, id } = (value ?? {}) as Partial<Bundle>;
  if (typeof resourceType !== 'string') {
    return yield refused(path, 'is neither a FHIR resource nor a Bundle: it has no resourceType');
  }
  if (resourceType === 'Bundle' && isSet(type)) return yield* resourcesOfSet(value as Bundle, path);
  yield { path, resource: value as Resource, reason: id === undefined ? 'has no id' : undefined };
}

function* resourcesOfSet(bundle: Bundle, path: string): Generator<FoundResource> {
  const entries: unknown = bundle.entry ?? [];
  const isEntry = (entry: unknown) => typeof entry === 'object' && entry !== null && !Array.isArray(entry);
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    return yield refused(`${path}.entry`, 'is no list of entries');
  }
  yield* resourcesOfBundle(bundle, path);
}

/** Whether a Bundle is a set of resources; a document, message or history is a resource in its own right. */
function isSet(type: unknown): boolean {
  return !['document', 'message', 'history'].includes(String(type));
}

function refused(path: string, reason: string): FoundResource {
  return { path, resource: {} as Resource, reason };
}

async function invalidities(file: string, path: string, resource: Resource): Promise<Problem[]> {
  const errors = (await validateAside(resource, 'files')).filter(({ severity }) => severity === 'error');
  return errors.map(({ expression, diagnostics }) => ({
    file,
    path,
    reason: `${resource.resourceType}/${resource.id}${expression ? ` at ${expression}` : ''}: ${diagnostics}`,
  }));
}
