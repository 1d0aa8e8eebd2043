import type { Resource } from 'fhir/r4';

/** The resources by the conditional references that may name them, such as `Practitioner?identifier=http://npi|123`. */
export class IdentifierIndex {
  readonly #literals = new Map<string, string>();

  /** Makes `resource` known by each of its identifiers. */
  add(resource: Resource): void {
    const { identifier } = resource as { identifier?: unknown };
    for (const { system, value } of asIdentifiers(identifier)) {
      const query = `${system ?? ''}|${value}`;
      this.#literals.set(`${resource.resourceType}?identifier=${query}`, `${resource.resourceType}/${resource.id}`);
    }
  }

  /** The literal reference for a conditional one; undefined when no known resource has that identifier. */
  find(reference: string): string | undefined {
    return this.#literals.get(decodeURIComponent(reference));
  }
}

function asIdentifiers(value: unknown): { system?: string; value: string }[] {
  const list = Array.isArray(value) ? value : [];
  return list.filter((identifier) => typeof identifier?.value === 'string');
}

/** Tells whether a reference names its target by a search, as Synthea's bundles do for practitioners and hospitals. */
function isConditional(reference: string): boolean {
  return /^[A-Z][A-Za-z]+\?identifier=/.test(reference);
}

/** Every `reference` string inside a resource, with a way to replace it. */
export function* conditionalReferences(value: unknown): Generator<{ reference: string; replace(by: string): void }> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  const { reference } = holder;
  if (typeof reference === 'string' && isConditional(reference)) {
    yield { reference, replace: (by) => Object.assign(holder, { reference: by }) };
  }
  for (const item of Object.values(holder)) yield* conditionalReferences(item);
}

/** The same resources, in which each conditional reference is made literal where the index knows its target. */
export function withLiteralReferences(resources: Resource[], identifiers: IdentifierIndex): Resource[] {
  for (const { reference, replace } of conditionalReferences(resources)) {
    replace(identifiers.find(reference) ?? reference);
  }
  return resources;
}
