import type { SearchParameter as Definition } from 'fhir/r4';
import { searchParametersFor } from './definitions.ts';

/** The kinds of search parameters this server indexes. */
const kinds = ['token', 'string', 'date', 'reference', 'uri', 'number', 'quantity'] as const;
export type SearchParameterKind = (typeof kinds)[number];

/** A search parameter of one resource type. */
export interface SearchParameter {
  code: string;
  kind: SearchParameterKind;
  /** FHIRPath alternatives, only those that start at this resource type. */
  expressions: string[];
  /** For references: the resource types they may point to; empty for any. */
  targets: string[];
  /** Canonical URL of the definition. */
  url: string;
  description: string;
}

const known = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** The search parameters this server supports for a resource type, by name; empty for an unknown type. */
export function supportedParameters(resourceType: string): ReadonlyMap<string, SearchParameter> {
  const found = known.get(resourceType) ?? read(resourceType);
  known.set(resourceType, found);
  return found;
}

function read(resourceType: string): ReadonlyMap<string, SearchParameter> {
  const parameters = searchParametersFor(resourceType).flatMap((definition) => toParameter(resourceType, definition));
  return new Map(parameters.map((parameter) => [parameter.code, parameter]));
}

function toParameter(resourceType: string, definition: Definition): SearchParameter[] {
  const kind = kinds.find((one) => one === definition.type);
  const expressions = expressionsFor(resourceType, definition.expression ?? '');
  if (!kind || expressions.length === 0) return [];
  const { code, url, description } = definition;
  return [{ code, kind, expressions, targets: targetsOf(resourceType, definition), url, description }];
}

/** `subject` may point to several types, but as `patient` or with `where(resolve() is X)` only to one. */
function targetsOf(resourceType: string, definition: Definition): string[] {
  const resolved = expressionsFor(resourceType, definition.expression ?? '').map(
    (expression) => /\.where\(resolve\(\) is (\w+)\)/.exec(expression)?.[1],
  );
  const only = resolved.filter((type) => type !== undefined);
  if (only.length > 0 && only.length === resolved.length) return [...new Set(only)];
  return definition.target ?? [];
}

/** One definition serves many types with a union of paths; only those of this type can match, and cost time. */
function expressionsFor(resourceType: string, expression: string): string[] {
  return splitUnion(expression).flatMap((alternative) => {
    const start = /^\(*(\w+)/.exec(alternative)?.[1] ?? '';
    if (start === resourceType) return [alternative];
    if (['Resource', 'DomainResource'].includes(start)) return [alternative.replace(start, resourceType)];
    return /^[a-z]/.test(start) ? [`${resourceType}.${alternative}`] : [];
  });
}

const nesting: Record<string, number> = { '(': 1, ')': -1 };

function splitUnion(expression: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const character of expression) {
    depth += nesting[character] ?? 0;
    const between = character === '|' && depth === 0;
    parts.push(between ? '' : `${parts.pop()}${character}`);
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}
