import type { CapabilityStatementRestResourceOperation } from 'fhir/r4';
import type { Operation } from '../request/operation.ts';

/** The operations that can be called on a resource type or its resources. */
export function typeOperations(
  operations: readonly Operation[],
  type: string,
): CapabilityStatementRestResourceOperation[] {
  return operations
    .filter(({ levels, resourceTypes }) => (levels.type || levels.instance) && (resourceTypes?.includes(type) ?? true))
    .map(asOffered);
}

/**
 * The operations that can be called on the whole system, as a member of `rest`; left out when there are none, because
 * FHIR allows no empty arrays.
 */
export function systemOperations(operations: readonly Operation[]): {
  operation?: CapabilityStatementRestResourceOperation[];
} {
  const operation = operations.filter(({ levels }) => levels.system).map(asOffered);
  return operation.length > 0 ? { operation } : {};
}

function asOffered({ name, definition }: Operation): CapabilityStatementRestResourceOperation {
  return { name, definition };
}
