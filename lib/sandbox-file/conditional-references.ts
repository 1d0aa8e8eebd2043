import type { Resource } from 'fhir/r4';

/**
 * Finds resources by the conditional references that may name them, such as `Practitioner?identifier=http://npi|123`.
 */
export class IdentifierIndex {
  readonly #literals = new Map<string, string>();

  /** Registers `resource` under each of its identifiers. */
  add(resource: Resource): void {
    const { identifier } = resource as { identifier?: unknown };
    for (const { system, value } of asIdentifiers(identifier)) {
      const query = `${system ?? ''}|${value}`;
      this.#literals.set(`${resource.resourceType}?identifier=${query}`, `${resource.resourceType}/${resource.id}`);
    }
  }

  /** The literal form of a conditional reference; undefined if no known resource has the identifier. */
  find(reference: string): string | undefined {
    return this.#literals.get(decodeURIComponent(reference));
  }
}

function asIdentifiers(value: unknown): { system?: string; value: string }[] {
  const list = Array.isArray(value) ? value : [];
  return list.filter((identifier) => typeof identifier?.value === 'string');
}

/** Whether a reference names its target by a search, as Synthea's Bundles do for practitioners and hospitals. */
function isConditional(reference: string): boolean {
  return /^[A-Z][A-Za-z]+\?identifier=/.test(reference);
}

/** Every conditional reference inside a resource, with a function to replace it in place. */
export function* conditionalReferences(value: unknown): Generator<{ reference: string; replace(by: string): void }> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  const { reference } = holder;
  if (typeof reference === 'string' && isConditional(reference)) {
    yield { reference, replace: (by) => Object.assign(holder, { reference: by }) };
  }
  for (const item of Object.values(holder)) yield* conditionalReferences(item);
}

/** Makes conditional references literal in place, where the index knows the target, and returns `resources`. */
export function withLiteralReferences(resources: Resource[], identifiers: IdentifierIndex): Resource[] {
  for (const { reference, replace } of conditionalReferences(resources)) {
    replace(identifiers.find(reference) ?? reference);
  }
  return resources;
}
