import { resourceTypes } from '../definition/resource-types.ts';
import { type SearchParameter, supportedParameters } from '../definition/search-parameter.ts';

/** Resources to add to a page of matches (`_include`, `_revinclude`). */
export interface Inclusion {
  /** False: the targets of references. True: the resources that refer to the matches. */
  reverse: boolean;
  /** Whether references of included resources are followed too, not only those of the matches. */
  iterate: boolean;
  /** The type that holds the references. */
  source: string;
  /** Search parameters of the references, any of which may match. */
  parameters: string[];
  /** Types the references may lead to; for a reverse inclusion, the types of the resources referred to. */
  targets: string[];
}

/** Matches `_include` and `_revinclude`, with or without `:iterate` (`:recurse` in earlier versions of FHIR). */
export const inclusionName = /^_(?<reverse>rev)?include(?::(?<iterate>iterate|recurse))?$/;

/**
 * Reads `Source:parameter[:Target]`, `Source:*`, or `*` for any reference; empty if no such reference starts (or,
 * reversed, ends) at `resourceType`. With `:iterate` it may start at any type.
 * @see https://hl7.org/fhir/R4/search.html#include
 */
export function readInclusion(resourceType: string, name: string, value: string): Inclusion[] {
  const { reverse, iterate } = inclusionName.exec(name)?.groups ?? {};
  const [source = '', code = '*', target, ...more] = value.split(':');
  if (more.length > 0 || (source !== '*' && !value.includes(':'))) return [];
  const types = source === '*' ? possibleSources(resourceType, Boolean(reverse), Boolean(iterate)) : [source];
  const wanted = { reverse: Boolean(reverse), iterate: Boolean(iterate), code, target };
  return types.flatMap((type) => inclusionFrom(resourceType, type, wanted));
}

function possibleSources(resourceType: string, reverse: boolean, iterate: boolean): string[] {
  return reverse || iterate ? resourceTypes() : [resourceType];
}

interface Wanted extends Pick<Inclusion, 'reverse' | 'iterate'> {
  code: string;
  target: string | undefined;
}

function inclusionFrom(resourceType: string, source: string, { reverse, iterate, code, target }: Wanted): Inclusion[] {
  const starts = reverse && !iterate ? resourceType : target;
  const references = [...supportedParameters(source).values()]
    .filter((parameter) => parameter.kind === 'reference' && (code === '*' || parameter.code === code))
    .filter(({ targets }) => starts === undefined || targets.includes(starts));
  const fits = reverse
    ? target === undefined || target === resourceType || iterate
    : iterate || source === resourceType;
  if (references.length === 0 || !fits) return [];
  const targets = starts === undefined ? targetsOf(references) : [starts];
  return [{ reverse, iterate, source, parameters: references.map((parameter) => parameter.code), targets }];
}

function targetsOf(references: SearchParameter[]): string[] {
  return [...new Set(references.flatMap(({ targets }) => targets))];
}
