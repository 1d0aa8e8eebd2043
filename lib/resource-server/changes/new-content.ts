import type { FhirResource } from 'fhir/r4';
import { lockContent } from '#lib/data/resource/locked-resource.ts';
import { outOfReach } from '#lib/data/resource/stored-for-writing.ts';
import type { ResourceWrite, Writer } from '#lib/data/resource/write.ts';
import { type JsonPatch, patched } from '#lib/fhir/bundle/json-patch.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { parseExactly } from '#lib/fhir/json/exact-json.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { resourceToStore } from '../request/resource-body.ts';
import { forChange, RefusedChange, refusedChange } from './refused-change.ts';
import type { Target } from './targets.ts';

/** A resource to be written, and the index of the change that asks for it. */
export interface Content extends ResourceWrite {
  index: number;
  resource: FhirResource;
}

/**
 * The resources to be written for `targets`: those that were sent, and patched ones. Stored resources are locked before
 * they are patched, so that nobody else can change them in between.
 * @throws RefusedChange 422 for a patch that cannot be applied, or whose result is invalid or has another type or id.
 */
export async function newContents(writer: Writer, targets: Target[]): Promise<Content[]> {
  const patches = targets.filter(({ change }) => change.kind === 'patch');
  const names = patches.map(({ resourceType, id = '' }) => ({ resourceType, id }));
  const current = names.length > 0 ? await lockContent(writer, names) : new Map<string, string>();
  await requireReadable(writer, patches);
  const contents: Content[] = [];
  for await (const target of inTurns(targets)) {
    if (target.existing || target.change.kind === 'delete') continue;
    const resource = await resourceOf(writer, target, current);
    contents.push({ ...restOf(target), resource: { ...resource, id: target.id ?? '' } });
  }
  return contents;
}

/**
 * Refuses patches with a `test` by writers who may not read the resource: whether it succeeds would reveal the content.
 */
async function requireReadable(writer: Writer, patches: Target[]): Promise<void> {
  const testing = patches.filter(
    ({ change }) => change.kind === 'patch' && change.patch.some(({ op }) => op === 'test'),
  );
  const wanted = testing.map(({ resourceType, id = '' }) => ({ resourceType, id, verb: 'r' as const }));
  const [missed] = await outOfReach(writer, wanted);
  const target =
    missed && testing.find(({ resourceType, id }) => resourceType === missed.resourceType && id === missed.id);
  if (target) throw new RefusedChange(target.index, unreadable(target));
}

function unreadable({ resourceType, id }: Target): FhirError {
  const why = 'A patch with the operation "test" is for those who may read what it tests';
  return new FhirError(404, 'not-found', `${why}, and there is no ${resourceType}/${id} that you may.`);
}

async function resourceOf(
  { sandboxId }: Writer,
  { index, change, resourceType, id }: Target,
  current: ReadonlyMap<string, string>,
): Promise<FhirResource> {
  if (change.kind === 'create' || change.kind === 'update') return change.resource;
  const stored = current.get(`${resourceType}/${id}`) ?? '{}';
  const patched = forChange(index, () => patchedContent(stored, change.kind === 'patch' ? change.patch : []));
  const place = { sandboxId, resourceType, id: id ?? '', idMatters: true };
  return resourceToStore(patched, place).catch((thrown) => {
    throw refusedChange(index, thrown);
  });
}

function restOf({ index, change: { kind, ifMatch }, isNew = false }: Target): Omit<Content, 'resource'> {
  const verb: Content['verb'] = kind === 'create' ? 'c' : 'u';
  return withoutUndefined({ index, isNew, verb, ifMatch });
}

function patchedContent(stored: string, patch: JsonPatch): unknown {
  const before = parseExactly(stored) as FhirResource & { id: string };
  const after = patched(before, patch) as Partial<FhirResource>;
  if (after.resourceType !== before.resourceType || after.id !== before.id) {
    throw new FhirError(422, 'business-rule', 'A patch cannot change the type or the id of a resource.');
  }
  return after;
}
