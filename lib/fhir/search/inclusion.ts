import { resourceTypes } from '../definition/resource-types.ts';
import { type SearchParameter, supportedParameters } from '../definition/search-parameter.ts';

/** Resources to add to a page of matches. */
export interface Inclusion {
  /** False: what resources point to. True: what points to them. */
  reverse: boolean;
  /** Follows what was included too, not only the matches. */
  iterate: boolean;
  /** The type that holds the reference. */
  source: string;
  /** Names of the references, of which any counts. */
  parameters: string[];
  /** The types that the reference may lead to; of a reverse inclusion, those that it starts from. */
  targets: string[];
}

/** `_include` or `_revinclude`, with or without `:iterate` (`:recurse` in earlier versions of FHIR). */
export const inclusionName = /^_(?<reverse>rev)?include(?::(?<iterate>iterate|recurse))?$/;

/**
 * Reads `Source:parameter[:Target]`, `Source:*` or `*`, any reference; empty when there is no such reference from or to
 * `resourceType`. With `:iterate` it may start from any type.
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
