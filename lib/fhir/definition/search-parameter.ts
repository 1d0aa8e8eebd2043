import { type SearchParameterDefinition as Definition, searchParametersFor } from './definitions.ts';

/** The kinds of search parameters that have an index of their own. `special` is Location's `near`, by position. */
const kinds = ['token', 'string', 'date', 'reference', 'uri', 'number', 'quantity', 'special'] as const;
export type SearchParameterKind = (typeof kinds)[number];

/** The parts that a composite parameter compares in one element: a code, and the value that goes with it. */
export interface Composite {
  /** FHIRPath of the code, starting at the element. */
  code: string;
  /** FHIRPath of the value, starting at the element, and the kind by which it is compared. */
  value: string;
  kind: SearchParameterKind;
  /** FHIRPath of a second number, when both bound a span, such as the start and the end of a variant. */
  end?: string;
}

/** A search parameter of one resource type. */
export interface SearchParameter {
  code: string;
  kind: SearchParameterKind | 'composite';
  /** Only for a composite parameter, whose `expressions` lead to its elements. */
  composite?: Composite;
  /** FHIRPath alternatives, only those that start at this resource type. */
  expressions: string[];
  /** For references: the resource types they may point to; empty for any. */
  targets: string[];
  /** Canonical URL of the definition. */
  url: string;
}

const known = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** The search parameters that this server supports for a resource type, by name; empty for an unknown type. */
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
  const expressions = expressionsFor(resourceType, definition.expression ?? '');
  if (expressions.length === 0) return [];
  const { code, url } = definition;
  const parameter = { code, expressions, targets: targetsOf(resourceType, definition), url };
  const composite = compositeOf(resourceType, definition);
  if (composite) return [{ ...parameter, kind: 'composite', composite }];
  const kind = kindOf(definition);
  return kind ? [{ ...parameter, kind }] : [];
}

function kindOf({ type }: Definition): SearchParameterKind | undefined {
  return kinds.find((one) => one === type);
}

/**
 * The parts of a composite parameter: a code and a value, or the two numbers of a span; undefined for other composites.
 * R4's own slips are corrected: DocumentReference's `relationship` names the definitions of its components the wrong
 * way round, and `DateTime` is written `dateTime` everywhere else.
 */
function compositeOf(resourceType: string, { type, component = [] }: Definition): Composite | undefined {
  const [code, value, end] = component;
  if (type !== 'composite' || !code || !value) return undefined;
  const known = searchParametersFor(resourceType);
  const kinds = component.map(({ definition }) => {
    const found = known.find(({ url }) => url === definition);
    return found && kindOf(found);
  });
  if (end) return kinds.join() === 'token,number,number' ? { ...span(code, value, end), kind: 'number' } : undefined;
  const kind = kinds[0] === 'token' ? kinds[1] : kinds[0];
  if (!kind || !kinds.includes('token')) return undefined;
  return { code: code.expression, value: value.expression.replace('(DateTime)', '(dateTime)'), kind };
}

type Component = NonNullable<Definition['component']>[number];

function span(code: Component, value: Component, end: Component): Pick<Composite, 'code' | 'value' | 'end'> {
  return { code: code.expression, value: value.expression, end: end.expression };
}

/**
 * The types to which a parameter may point. An expression with `where(resolve() is X)` narrows the definition's to X.
 */
function targetsOf(resourceType: string, definition: Definition): string[] {
  const resolved = expressionsFor(resourceType, definition.expression ?? '').map(
    (expression) => /\.where\(resolve\(\) is (\w+)\)/.exec(expression)?.[1],
  );
  const only = resolved.filter((type) => type !== undefined);
  if (only.length > 0 && only.length === resolved.length) return [...new Set(only)];
  return definition.target ?? [];
}

/** The paths of a definition's union that begin at this type: those for other types cannot match, and cost time. */
function expressionsFor(resourceType: string, expression: string): string[] {
  return splitUnion(expression).flatMap((alternative) => {
    const start = /^\(*(\w+)/.exec(alternative)?.[1] ?? '';
    if (start === resourceType) return [alternative];
    if (['Resource', 'DomainResource'].includes(start)) return [alternative.replace(start, resourceType)];
    return /^[a-z]/.test(start) ? [`${resourceType}.${alternative}`] : [];
  });
}

const nesting = new Map<string, number>(Object.entries<number>({ '(': 1, ')': -1 }));

function splitUnion(expression: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const character of expression) {
    depth += nesting.get(character) ?? 0;
    const between = character === '|' && depth === 0;
    parts.push(between ? '' : `${parts.pop()}${character}`);
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}
