import type { Constraint, InternalSchemaElement, InternalTypeSchema, SlicingRules } from '@medplum/core';

/**
 * Prunes parsed schemas to what validation and indexing read, and shares equal parts. It drops titles, descriptions,
 * bindings that are not required and constraints that are only advice.
 */
export class SchemaPruner {
  /** Canonical URLs of the value sets that the schemas pruned so far bind elements to with strength `required`. */
  readonly boundValueSets = new Set<string>();
  readonly #shared = new Map<string, unknown>();
  readonly #pruned = new Map<InternalTypeSchema, InternalTypeSchema>();

  /** The pruned copy of a schema: one object, however many other schemas hold it as an inner type. */
  schema(full: InternalTypeSchema): InternalTypeSchema {
    const known = this.#pruned.get(full);
    if (known) return known;
    const { name, type, path, kind, summaryProperties, mandatoryProperties } = full;
    const pruned: InternalTypeSchema = withoutUndefined({
      name,
      type,
      path,
      kind,
      elements: this.#elements(full.elements),
      constraints: this.#constraints(full.constraints),
      innerTypes: full.innerTypes.map((inner) => this.schema(inner)),
      summaryProperties,
      mandatoryProperties,
    });
    this.#pruned.set(full, pruned);
    return pruned;
  }

  #elements(elements: InternalTypeSchema['elements']): InternalTypeSchema['elements'] {
    return Object.fromEntries(Object.entries(elements).map(([name, element]) => [name, this.#element(element)]));
  }

  #element({ path, min, max, isArray, type, constraints, fixed, pattern, slicing, binding }: InternalSchemaElement) {
    return withoutUndefined({
      // Required by the library's type, and read by nobody.
      description: '',
      path,
      min,
      max,
      isArray,
      type: this.#share(type.map((one) => this.#share(withoutUndefined(one)))),
      constraints: this.#constraints(constraints),
      fixed,
      pattern,
      slicing: slicing && this.#slicing(slicing),
      binding: binding && this.#binding(binding),
    });
  }

  #slicing({ discriminator, ordered, rule, slices }: SlicingRules): SlicingRules {
    const pruned = slices.map((slice) => ({
      ...this.#element(slice),
      name: slice.name,
      elements: this.#elements(slice.elements),
    }));
    return withoutUndefined({ discriminator, ordered, rule, slices: pruned });
  }

  #binding({ strength, valueSet }: NonNullable<InternalSchemaElement['binding']>): InternalSchemaElement['binding'] {
    if (strength !== 'required' || !valueSet) return undefined;
    this.boundValueSets.add(valueSet);
    return this.#share({ strength, valueSet });
  }

  #constraints(constraints: Constraint[] = []): Constraint[] {
    const obliging = constraints.filter(({ severity }) => severity === 'error');
    return this.#share(obliging.map((one) => this.#share(one)));
  }

  /** Answers the first value that was equal to this one, so that equal values become one object. */
  #share<T>(value: T): T {
    const key = JSON.stringify(value);
    const known = this.#shared.get(key) ?? value;
    this.#shared.set(key, known);
    return known as T;
  }
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
