import { supportedParameters } from './search-parameter.ts';

/** Resources to add to a page of matches. */
export interface Inclusion {
  /** False: what the matches point to. True: what points to the matches. */
  reverse: boolean;
  /** The type that holds the reference. */
  source: string;
  parameter: string;
  /** The types that the reference may lead to; of a reverse inclusion, the type searched for. */
  targets: string[];
}

/**
 * Reads `Source:parameter[:Target]`; undefined when there is no such reference from or to `resourceType`.
 * @see https://hl7.org/fhir/R4/search.html#include
 */
export function readInclusion(resourceType: string, value: string, reverse: boolean): Inclusion | undefined {
  const [source = '', code = '', target, ...more] = value.split(':');
  const parameter = supportedParameters(source).get(code);
  if (parameter?.kind !== 'reference' || more.length > 0) return undefined;
  const targets = parameter.targets.filter((type) => target === undefined || type === target);
  if (!reverse)
    return source === resourceType && targets.length > 0 ? { reverse, source, parameter: code, targets } : undefined;
  return targets.includes(resourceType) ? { reverse, source, parameter: code, targets: [resourceType] } : undefined;
}
