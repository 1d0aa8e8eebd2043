import type { Bundle, Resource } from 'fhir/r4';
import { type IdentifiedResource, identify } from '#lib/data/resource/identified.ts';
import { indexValuesOf } from '#lib/fhir/index/values.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { type FoundResource, resourcesOfBundle } from '#lib/sandbox-file/bundle-resources.ts';
import { parseJson } from '#lib/sandbox-file/parse-json.ts';
import type { Problem } from '#lib/sandbox-file/problem.ts';
import { digestOf, type Part } from './part.ts';
import type { ReferenceResolver } from './reference-resolver.ts';
import { inTurns } from './turns.ts';

/** A part that has been read and judged, with what is left of it to be written. */
export interface PreparedPart {
  part: Part;
  digest: string;
  resources: Resource[];
  /** Where each of `resources` stood, for messages. */
  paths: string[];
  problems: Problem[];
  /** Present once every reference has its target: then the resources are ready to be written. */
  identified?: IdentifiedResource[];
}

/** Enough to see what is wrong with a part. */
const mostProblems = 20;

/**
 * Reads, checks and indexes a part. References by identifier to what is not in the database yet stay open.
 * Other work gets its turn in between.
 */
export async function preparePart(part: Part, digest = digestOf(part)): Promise<PreparedPart> {
  const prepared: PreparedPart = { part, digest, resources: [], paths: [], problems: [] };
  for await (const { path, resource, reason } of inTurns(readableOf(part))) {
    const problems = reason ? [{ file: part.file, path, reason }] : invalidities(part.file, path, resource);
    prepared.problems.push(...problems);
    if (prepared.problems.length >= mostProblems) break;
    if (problems.length > 0) continue;
    prepared.resources.push(resource);
    prepared.paths.push(path);
  }
  return prepared;
}

/** Gives references by identifier their targets, and works out what each resource can be found by, when all have one. */
export async function indexPart(prepared: PreparedPart, resolver: ReferenceResolver): Promise<Problem[]> {
  const { resources, paths, part } = prepared;
  const open = await resolver.resolve(resources);
  if (open.length > 0) {
    return open.map(({ index, reason }) => ({ file: part.file, path: paths[index] ?? '$', reason }));
  }
  const identified: IdentifiedResource[] = [];
  for await (const resource of inTurns(resources)) {
    identified.push({ ...identify(resource), rows: indexValuesOf(resource) });
  }
  prepared.identified = identified;
  return [];
}

/** Nesting without end exhausts the stack of whoever walks through it: that is the file's fault, not ours. */
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
  const reason = id === undefined ? { reason: 'has no id' } : {};
  yield { path, resource: value as Resource, ...reason };
}

function* resourcesOfSet(bundle: Bundle, path: string): Generator<FoundResource> {
  const entries: unknown = bundle.entry ?? [];
  const isEntry = (entry: unknown) => typeof entry === 'object' && entry !== null && !Array.isArray(entry);
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    return yield refused(`${path}.entry`, 'is no list of entries');
  }
  yield* resourcesOfBundle(bundle, path);
}

/** Bundles that are sets of resources; a document or a message is a resource of its own. */
function isSet(type: unknown): boolean {
  return !['document', 'message', 'history'].includes(String(type));
}

function refused(path: string, reason: string): FoundResource {
  return { path, resource: {} as Resource, reason };
}

function invalidities(file: string, path: string, resource: Resource): Problem[] {
  const errors = validateResource(resource).filter(({ severity }) => severity === 'error');
  return errors.map(({ expression, diagnostics }) => ({
    file,
    path,
    reason: `${resource.resourceType}/${resource.id}${expression ? ` at ${expression}` : ''}: ${diagnostics}`,
  }));
}
