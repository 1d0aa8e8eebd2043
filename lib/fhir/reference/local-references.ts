import { withNumberTextsOf } from '../json/number-text.ts';
import { parseReference } from './reference.ts';

/**
 * `json` with each absolute reference to this server (below `base`) made relative. Clients may send either form, and
 * only one form is stored, so that searches and compartments find both. Unchanged without a `base`.
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
