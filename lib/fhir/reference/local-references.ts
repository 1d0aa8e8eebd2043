import { withNumberTextsOf } from '../json/number-text.ts';
import { parseReference } from './reference.ts';

/**
 * `json` with every literal reference below `base`, this server's own URL, made relative: both name the same resource, and
 * what is stored must be found, and lie in a compartment, whichever of the two the client has sent. Without a `base`, as it is.
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function withLocalReferences<T>(json: T, base: string | undefined): T {
  return base === undefined ? json : localised(json, base);
}

function localised<T>(json: T, base: string): T {
  if (Array.isArray(json)) {
    return withNumberTextsOf(
      json,
      json.map((one) => localised(one, base)),
    ) as T;
  }
  if (typeof json !== 'object' || json === null) return json;
  const elements = Object.entries(json).map(([name, value]) => [
    name,
    name === 'reference' ? relative(value, base) : localised(value, base),
  ]);
  return withNumberTextsOf(json, Object.fromEntries(elements)) as T;
}

function relative(reference: unknown, base: string): unknown {
  if (typeof reference !== 'string') return localised(reference, base);
  return parseReference(reference, base) && reference.startsWith(`${base}/`)
    ? reference.slice(base.length + 1)
    : reference;
}
