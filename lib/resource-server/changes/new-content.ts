import type { FhirResource } from 'fhir/r4';
import type { ResourceWrite, Writer } from '#lib/data/resource/write.ts';
import { type JsonPatch, patched } from '#lib/fhir/bundle/json-patch.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { parseExactly } from '#lib/fhir/json/exact-json.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { resourceToStore } from '../request/resource-body.ts';
import type { PatchedResources } from './patched-resources.ts';
import { forChange, refusedChange } from './refused-change.ts';
import type { Target } from './targets.ts';

/** A resource to be written, and the index of the change that asks for it. */
export interface Content extends ResourceWrite {
  index: number;
  resource: FhirResource;
}

/**
 * The resources to be written for `targets`: those that were sent, and patched ones. One whose writer may not read it
 * becomes a new version even when nothing changes, since the version would tell that the values sent are those stored.
 * @throws RefusedChange 422 for a patch that cannot be applied, or whose result is invalid or has another type or id.
 */
export async function newContents(
  writer: Writer,
  targets: Target[],
  { contents: current, unread }: PatchedResources,
): Promise<Content[]> {
  const contents: Content[] = [];
  for await (const target of inTurns(targets)) {
    if (target.existing || target.change.kind === 'delete') continue;
    const resource = await resourceOf(writer, target, current);
    const anew = target.change.kind === 'patch' && unread.has(`${target.resourceType}/${target.id}`);
    contents.push({ ...restOf(target), anew, resource: { ...resource, id: target.id ?? '' } });
  }
  return contents;
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
