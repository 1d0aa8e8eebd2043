import {
  evalFhirPathTyped,
  type FhirPathAtom,
  getTypedPropertyValue,
  parseFhirPath,
  type TypedValue,
  toTypedValue,
} from '@medplum/core';
import type { Resource } from 'fhir/r4';

/** A step from one element to those of a name inside it. Paths that begin alike share their first steps. */
interface Step {
  from?: Step;
  name: string;
  /** Place of its values in a walk. */
  number: number;
}

/** The FHIRPath of a search parameter: plain steps, and what the FHIRPath engine does with the values they lead to. */
export interface IndexPath {
  step?: Step;
  rest?: FhirPathAtom;
  /** The element that a path without plain steps starts with; without it there is nothing to evaluate. */
  element?: string;
}

/** The steps of one resource type, by the path that leads to them. */
export type Steps = Map<string, Step>;

const plainStart = /^[A-Z]\w*((?:\.[a-z]\w*(?![\w(]))+)(\.(?:where|ofType)\((?:[^()]|\(\))+\))?$/;

/**
 * Reads a FHIRPath that starts at the resource's type. Names of elements are followed without the engine, at a tenth of
 * its time; a function at the end, such as `where(…)`, is the engine's, and so is a path of any other form.
 */
export function compilePath(expression: string, steps: Steps): IndexPath {
  const [, names, rest] = plainStart.exec(withoutBrackets(expression)) ?? [];
  if (!names) return { rest: parseFhirPath(expression), element: /^\(*\w+\.(\w+)/.exec(expression)?.[1] ?? '' };
  const step = names
    .slice(1)
    .split('.')
    .reduce<Step | undefined>((from, name) => follow(steps, name, from), undefined);
  return { ...(step ? { step } : {}), ...(rest ? { rest: parseFhirPath(`$this${rest}`) } : {}) };
}

/** `(Observation.value.ofType(Quantity))` is bracketed as a whole; an operator inside makes it another form. */
function withoutBrackets(expression: string): string {
  return /^\((?<inside>[\w.]+(?:\.\w+\(\w+\))?)\)$/.exec(expression)?.groups?.inside ?? expression;
}

function follow(steps: Steps, name: string, from: Step | undefined): Step {
  const path = `${from ? from.number : ''}.${name}`;
  const found = steps.get(path) ?? { name, number: steps.size, ...(from ? { from } : {}) };
  steps.set(path, found);
  return found;
}

/** One resource's elements, looked up once however many parameters lead through them. */
export class Walk {
  readonly #root: TypedValue[];
  readonly #elements: string[];
  readonly #found: (TypedValue[] | undefined)[] = [];

  constructor(resource: Resource) {
    this.#root = [toTypedValue(resource)];
    this.#elements = Object.keys(resource);
  }

  /** What the path leads to, exactly as the FHIRPath engine answers it. */
  valuesAt({ step, rest, element = '' }: IndexPath): TypedValue[] {
    const values = step ? this.#at(step) : this.#rootWith(element);
    return rest && values.length > 0 ? evalFhirPathTyped(rest, values) : values;
  }

  /** The resource, when it has an element of that name, by itself or with a type's name behind it. */
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
