import type { Resource } from 'fhir/r4';
import { findByIdentifiers, type WantedIdentifier } from '#lib/data/seed/resources-by-identifier.ts';
import { conditionalReferences, IdentifierIndex } from '#lib/sandbox-file/conditional-references.ts';

/** A reference without exactly one target: the index of the resource that holds it, and the reason. */
export interface OpenReference {
  index: number;
  reason: string;
}

/** Most targets that one import keeps in memory; Synthea has a few thousand practitioners and places. */
const maxRemembered = 20_000;

/**
 * Turns references by identifier, such as `Practitioner?identifier=http://npi|123`, into literal ones. Targets are
 * taken from the resources of the same part, or else from the sandbox, where exactly one must have the identifier.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export class ReferenceResolver {
  readonly #remembered = new Map<string, string>();
  readonly #sandboxId: number;

  constructor(sandboxId: number) {
    this.#sandboxId = sandboxId;
  }

  /** Rewrites the references of `resources` in place, and returns those that could not be resolved. */
  async resolve(resources: Resource[]): Promise<OpenReference[]> {
    const uses = resources.flatMap((resource, index) =>
      [...conditionalReferences(resource)].map((use) => ({ ...use, index })),
    );
    if (uses.length === 0) return [];
    const targets = await this.#targetsOf(new Set(uses.map(({ reference }) => reference)), resources);
    return uses.flatMap(({ reference, replace, index }) => {
      const found = targets.get(reference) ?? [];
      const [only] = found;
      if (only === undefined) return { index, reason: `refers to ${reference}, and no resource has that identifier` };
      if (found.length > 1)
        return { index, reason: `refers to ${reference}, and ${found.join(', ')} have that identifier` };
      replace(only);
      return [];
    });
  }

  async #targetsOf(references: Set<string>, resources: Resource[]): Promise<Map<string, string[]>> {
    const own = new IdentifierIndex();
    for (const resource of resources) own.add(resource);
    const targets = new Map<string, string[]>();
    const unresolved = new Map<string, WantedIdentifier>();
    for (const reference of references) {
      const known = own.find(reference) ?? this.#remembered.get(reference);
      if (known) targets.set(reference, [known]);
      else unresolved.set(reference, wantedBy(reference));
    }
    const found = await findByIdentifiers(this.#sandboxId, [...unresolved.values()]);
    [...unresolved.keys()].forEach((reference, index) => {
      targets.set(reference, found[index] ?? []);
      this.#remember(reference, found[index] ?? []);
    });
    return targets;
  }

  #remember(reference: string, [only, ...others]: string[]): void {
    if (only && others.length === 0 && this.#remembered.size < maxRemembered) this.#remembered.set(reference, only);
  }
}

function wantedBy(reference: string): WantedIdentifier {
  const [resourceType = '', query = ''] = reference.split('?identifier=');
  const [first = '', ...rest] = decoded(query).split('|');
  return rest.length > 0 ? { resourceType, system: first, value: rest.join('|') } : { resourceType, value: first };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
