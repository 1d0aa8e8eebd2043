import {
  deepEquals,
  deepIncludes,
  getNestedProperty,
  type InternalSchemaElement,
  matchDiscriminant,
  type SliceDefinition,
  type SlicingRules,
  type TypedValueWithPath,
} from '@medplum/core';
import { error, type ResourceIssue } from './resource-issue.ts';

/**
 * Issues inside the slices of a value: the structural validator counts slices but does not check their contents.
 * @param elements those of the profile's schema
 * @see https://hl7.org/fhir/R4/profiling.html#slicing
 */
export function sliceIssues(
  value: TypedValueWithPath,
  elements: Record<string, InternalSchemaElement>,
): ResourceIssue[] {
  return Object.entries(elements).flatMap(([path, { slicing }]) =>
    slicing ? valuesAt(value, path).flatMap((one) => issuesInSlice(one, slicing)) : [],
  );
}

function issuesInSlice(value: TypedValueWithPath, slicing: SlicingRules): ResourceIssue[] {
  const slice = slicing.slices.find((one) => belongsTo(value, one, slicing));
  if (!slice) return [];
  return Object.entries(slice.elements).flatMap(([path, rule]) => {
    const steps = path.split('.');
    const name = steps.pop() ?? '';
    const parents = steps.length > 0 ? valuesAt(value, steps.join('.')) : [value];
    return parents.flatMap((parent) => ruleIssues(parent, name, rule));
  });
}

function belongsTo(value: TypedValueWithPath, slice: SliceDefinition, { discriminator }: SlicingRules): boolean {
  return discriminator.every((one) =>
    getNestedProperty(value, one.path)
      .flat()
      .some((found) => matchDiscriminant(found, one, slice)),
  );
}

function ruleIssues(parent: TypedValueWithPath, name: string, rule: InternalSchemaElement): ResourceIssue[] {
  const values = valuesAt(parent, name);
  const { min, max } = rule;
  if (values.length < min || values.length > max) {
    const expected = `${min}..${Number.isFinite(max) ? max : '*'}`;
    return [error(`${parent.path}.${name}`, `The profile expects ${expected} values, but found ${values.length}`)];
  }
  return values
    .filter((value) => !isAsSpecified(value, rule))
    .map(({ path }) => error(path, 'The value or its type is not the one that the profile fixes'));
}

function isAsSpecified(
  { type, value, path }: TypedValueWithPath,
  { pattern, fixed, type: types }: InternalSchemaElement,
): boolean {
  if (path.endsWith('[x]') && !types.some(({ code }) => code === type)) return false;
  return (!pattern || deepIncludes({ type, value }, pattern)) && (!fixed || deepEquals({ type, value }, fixed));
}

function valuesAt(value: TypedValueWithPath, path: string): TypedValueWithPath[] {
  return getNestedProperty(value, path, { withPath: true })
    .flat()
    .filter((found) => found.value !== undefined);
}
