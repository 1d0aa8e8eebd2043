import type { TypedValue } from '@medplum/core';
import { isId, parseReference } from '../reference/reference.ts';
import { indexKey } from '../value/index-text.ts';

export interface IndexedReference {
  /** Empty when the target is not a resource of this server; `targetId` then holds the whole URL. */
  targetType: string;
  targetId: string;
}

/**
 * The targets of a Reference, a canonical or a contained resource.
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function referencesOf({ value }: TypedValue): IndexedReference[] {
  const reference = referenceText(value);
  if (!reference || reference.startsWith('#')) return [];
  const name = parseReference(reference);
  return [
    name ? { targetType: name.resourceType, targetId: name.id } : { targetType: '', targetId: indexKey(reference) },
  ];
}

function referenceText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { reference, resourceType, id } = (value ?? {}) as Record<string, unknown>;
  if (typeof reference === 'string') return reference;
  return typeof resourceType === 'string' && isId(id) ? `${resourceType}/${id}` : undefined;
}
