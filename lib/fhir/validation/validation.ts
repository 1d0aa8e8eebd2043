import type { Resource } from 'fhir/r4';
import { isResourceType } from '../definition/definitions.ts';
import { isId } from '../reference/reference.ts';
import { findMalformed } from './json-form.ts';
import { memberIssues } from './member-issues.ts';
import { profileIssues } from './profile-validation.ts';
import { error, isError, type ResourceIssue, withoutRepetition } from './resource-issue.ts';
import { findTooMany, maxDepth } from './size.ts';
import { structuralIssues } from './structural-validation.ts';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Twice the longest name of any R4 element; the validator takes names apart, and hours for one of a megabyte. */
const maxNameLength = 100;

/**
 * Whether a key such as `__proto__` or `constructor` is inherited by every object: the validator would look it up in
 * its own tables and let it pass.
 */
function isUnsafeName(key: string): boolean {
  return key in Object.prototype || key === 'prototype' || key.length > maxNameLength;
}

/**
 * The first place in a JSON value that is nested too deeply, or has an unsafe name; `path` is where the value stands.
 */
export function findUnsafeStructure(value: unknown, path: string, depth = 0): ResourceIssue | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (depth > maxDepth) {
    return error(path, `Nested deeper than ${maxDepth} levels`);
  }
  const unsafe = Object.keys(value).find(isUnsafeName);
  if (unsafe) {
    return error(path, `Invalid additional property "${unsafe.slice(0, maxNameLength)}"`);
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

/** Checks the form of `id`, which the R4 definitions state only in prose: they type it as any string. */
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
  return (
    findTooMany(resource, type) ??
    findUnsafeStructure(resource, type) ??
    findInvalidId(resource.id, type) ??
    notFhirJson(resource, type)
  );
}

function notFhirJson(resource: object, type: string): ResourceIssue | undefined {
  const found = findMalformed(resource, type);
  return found && error(found.path, found.reason);
}

/**
 * Checks a parsed JSON value against the R4 base definition of its resource type: structure, cardinality, primitive
 * formats, invariants and, where the value set can be listed, required codes. A sound resource is then checked against
 * the profiles it claims. Returns an empty list for a valid resource; never throws, whatever the input.
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
