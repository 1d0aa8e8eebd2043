import { randomUUID } from 'node:crypto';
import type { Resource } from 'fhir/r4';
import { validateAside } from '#lib/aside/validate-aside.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { parseReference } from '#lib/fhir/reference/reference.ts';
import { isError } from '#lib/fhir/validation/resource-issue.ts';
import type { Action } from './card.ts';

/** The effect of a suggestion's actions: changes to the record, and the new state of an order that is still a draft. */
export interface Changes {
  creates: Resource[];
  updates: Resource[];
  deletes: { resourceType: string; id: string }[];
  /** The draft as the service wants it; null to drop it; undefined to leave it alone. */
  draft?: Resource | null;
}

/**
 * Reads the actions of a suggestion. New resources get new ids, and references to them within the suggestion are
 * updated.
 * @param drafts ids of orders that are not in the record yet
 * @throws FhirError 4xx for an action that cannot be done
 */
export async function changesOf(actions: Action[], drafts: readonly string[]): Promise<Changes> {
  const changes: Changes = { creates: [], updates: [], deletes: [] };
  for (const action of withNewIds(actions)) await apply(changes, action, drafts);
  return changes;
}

async function apply(
  changes: Changes,
  { type, resource, resourceId }: Action,
  drafts: readonly string[],
): Promise<void> {
  if (type === 'delete') {
    for (const name of [resourceId ?? resource ?? ''].flat()) drop(changes, nameOf(name), drafts);
    return;
  }
  const valid = await requireValid(resource);
  if (type === 'create') changes.creates.push(valid);
  else if (drafts.includes(valid.id ?? '')) changes.draft = valid;
  else changes.updates.push(valid);
}

function drop(changes: Changes, name: { resourceType: string; id: string }, drafts: readonly string[]): void {
  if (drafts.includes(name.id)) changes.draft = null;
  else changes.deletes.push(name);
}

function nameOf(named: string | { resourceType: string; id?: string | undefined }): {
  resourceType: string;
  id: string;
} {
  const text = typeof named === 'string' ? named : `${named.resourceType}/${named.id ?? ''}`;
  const name = parseReference(text);
  if (!name) throw invalid(`${quote(text)} names no resource to delete.`);
  return name;
}

/** Returns the resource if it is valid. @throws FhirError 422 if it is not valid R4 */
export async function requireValid(resource: unknown): Promise<Resource> {
  const issues = (await validateAside(resource, 'cards')).filter(isError);
  if (issues.length === 0) return resource as Resource;
  const first = issues.map(({ expression, diagnostics }) => [expression, diagnostics].filter(Boolean).join(': '));
  throw new FhirError(422, 'invalid', `The resource is not valid: ${first.slice(0, 3).join('; ')}`);
}

function withNewIds(actions: Action[]): Action[] {
  const renamed = new Map<string, string>();
  const named = actions.map((action) => {
    if (action.type !== 'create' || typeof action.resource !== 'object') return action;
    const { resourceType, id } = action.resource;
    const fresh = randomUUID();
    if (id) renamed.set(`${resourceType}/${id}`, `${resourceType}/${fresh}`);
    return { ...action, resource: { ...action.resource, id: fresh } };
  });
  const refer = (key: string, value: unknown) =>
    key === 'reference' && typeof value === 'string' ? (renamed.get(value) ?? value) : value;
  return named.map((action) => ({ ...action, ...JSON.parse(JSON.stringify({ resource: action.resource }, refer)) }));
}
