import {
  evalFhirPathTyped,
  type FhirPathAtom,
  getTypedPropertyValue,
  parseFhirPath,
  type TypedValue,
  toTypedValue,
} from '@medplum/core';
import type { Resource } from 'fhir/r4';

/** One step of a path, from an element to its children of one name. Paths that begin alike share their first steps. */
interface Step {
  from?: Step;
  name: string;
  /** Index of this step's values in a `Walk`. */
  number: number;
}

/**
 * The FHIRPath of a search parameter: plain steps, then the remainder that the FHIRPath engine evaluates on their
 * values.
 */
export interface IndexPath {
  step?: Step;
  rest?: FhirPathAtom;
  /** For a path without plain steps, the element it starts with; resources lacking that element need no evaluation. */
  element?: string;
}

/** The steps known for one resource type, each by the path that leads to it. */
export type Steps = Map<string, Step>;

const plainStart = /^[A-Z]\w*((?:\.[a-z]\w*(?![\w(]))+)(\.(?:where|ofType)\((?:[^()]|\(\))+\))?$/;

/**
 * Compiles a FHIRPath that starts at the resource's type. Plain element names are followed directly, in a tenth of the
 * engine's time; a trailing function such as `where(…)`, and any path of another form, is left to the engine.
 */
export function compilePath(expression: string, steps: Steps): IndexPath {
  const [, names, rest] = plainStart.exec(withoutBrackets(expression)) ?? [];
  if (!names) return { rest: parseFhirPath(expression), element: /^\(*\w+\.(\w+)/.exec(expression)?.[1] ?? '' };
  const step = names
    .slice(1)
    .split('.')
    .reduce<Step | undefined>((from, name) => follow(steps, name, from), undefined);
  return { step, rest: rest ? parseFhirPath(`$this${rest}`) : undefined };
}

/**
 * Removes parentheses around a whole path, as in `(Observation.value.ofType(Quantity))`; a path with operators stays as
 * it is.
 */
function withoutBrackets(expression: string): string {
  return /^\((?<inside>[\w.]+(?:\.\w+\(\w+\))?)\)$/.exec(expression)?.groups?.inside ?? expression;
}

function follow(steps: Steps, name: string, from: Step | undefined): Step {
  const path = `${from ? from.number : ''}.${name}`;
  const found = steps.get(path) ?? { name, number: steps.size, from };
  steps.set(path, found);
  return found;
}

/** Looks up the elements of one resource, each only once however many search parameters use it. */
export class Walk {
  readonly #root: TypedValue[];
  readonly #elements: string[];
  readonly #found: (TypedValue[] | undefined)[] = [];

  constructor(resource: Resource) {
    this.#root = [toTypedValue(resource)];
    this.#elements = Object.keys(resource);
  }

  /** The values at a path, exactly as the FHIRPath engine would return them. */
  valuesAt({ step, rest, element = '' }: IndexPath): TypedValue[] {
    const values = step ? this.#at(step) : this.#rootWith(element);
    return rest && values.length > 0 ? evalFhirPathTyped(rest, values) : values;
  }

  /**
   * The resource itself if it has the element, also as a choice of types such as `valueQuantity`; otherwise nothing.
   */
  #rootWith(element: string): TypedValue[] {
    return this.#elements.some((name) => name.startsWith(element)) ? this.#root : [];
  }

  #at(step: Step): TypedValue[] {
    const known = this.#found[step.number];
    if (known) return known;
    const holders = step.from ? this.#at(step.from) : this.#rootWith(step.name);
    const values = holders.flatMap((value) => inside(value, step.name));
    this.#found[step.number] = values;
    return values;
  }
}

function inside(holder: TypedValue, name: string): TypedValue[] {
  if (typeof holder.value !== 'object' || holder.value === null) return [];
  const found = getTypedPropertyValue(holder, name) ?? [];
  return (Array.isArray(found) ? found : [found]).flatMap(({ type, value }) =>
    value === undefined ? [] : { type, value: value?.valueOf() },
  );
}
