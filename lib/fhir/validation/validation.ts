import type { Resource } from 'fhir/r4';
import { isResourceType } from '../definition/definitions.ts';
import { isId } from '../reference/reference.ts';
import { findMalformed } from './json-form.ts';
import { memberIssues } from './member-issues.ts';
import { profileIssues } from './profile-validation.ts';
import { error, isError, type ResourceIssue, withoutRepetition } from './resource-issue.ts';
import { structuralIssues } from './structural-validation.ts';

/** Deeper nesting than any real resource has; a guard for the recursive validator's stack. */
const deepestNesting = 100;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** No element of R4 has a name half as long; the validator takes names apart, and hours for one of a megabyte. */
const longestName = 100;

/** Names such as `__proto__` and `constructor` are inherited by the validator's own tables and would pass it unseen. */
function isUnsafeName(key: string): boolean {
  return key in Object.prototype || key === 'prototype' || key.length > longestName;
}

/** Nesting without end, or a name that every object inherits, in a JSON value that stands at `path`. */
export function findUnsafeStructure(value: unknown, path: string, depth = 0): ResourceIssue | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (depth > deepestNesting) {
    return error(path, `Nested deeper than ${deepestNesting} levels`);
  }
  const unsafe = Object.keys(value).find(isUnsafeName);
  if (unsafe) {
    return error(path, `Invalid additional property "${unsafe.slice(0, longestName)}"`);
  }
  const step = (key: string) => (Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  for (const [key, child] of Object.entries(value).filter(([, child]) => typeof child === 'object')) {
    const found = findUnsafeStructure(child, step(key), depth + 1);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The R4 definitions give `id` the type of any string; its form stands only in the text. */
function findInvalidId(id: unknown, type: string): ResourceIssue | undefined {
  return id === undefined || isId(id)
    ? undefined
    : error(`${type}.id`, 'Invalid id: expected 1 to 64 letters, digits, "-" and "."');
}

function findUnusable(resource: unknown): ResourceIssue | undefined {
  if (!isObject(resource)) {
    return error('Resource', 'A resource is a JSON object');
  }
  const type = resource.resourceType;
  if (typeof type !== 'string' || type === '') {
    return error('Resource.resourceType', 'Missing resourceType');
  }
  if (!isResourceType(type)) {
    return error('Resource.resourceType', `Unknown resource type "${type.slice(0, 64)}"`);
  }
  return findUnsafeStructure(resource, type) ?? findInvalidId(resource.id, type) ?? notFhirJson(resource, type);
}

function notFhirJson(resource: object, type: string): ResourceIssue | undefined {
  const found = findMalformed(resource, type);
  return found && error(found.path, found.reason);
}

/**
 * Checks a parsed JSON value against the R4 base definition of its resource type: structure, cardinality, primitive
 * formats, invariants and, where the value set can be listed, required codes; and, when it is sound, against the profiles
 * that it claims. Answers the empty list for a valid resource and never throws, whatever it is given.
 * @param profiles canonical URLs to check against instead of those claimed
 * @see https://hl7.org/fhir/R4/validation.html
 */
export function validateResource(resource: unknown, profiles?: string[]): ResourceIssue[] {
  const unusable = findUnusable(resource);
  if (unusable) return [unusable];
  const sound = resource as Resource;
  const type = sound.resourceType;
  const issues = [
    ...structuralIssues({ type, value: sound, path: type }, { path: type }),
    ...memberIssues(sound, type),
  ];
  if (!issues.some(isError)) issues.push(...profileIssues(sound, profiles));
  return withoutRepetition(issues);
}
