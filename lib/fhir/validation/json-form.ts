/** A place in a JSON value, as FHIRPath, and what is wrong there. */
interface Malformed {
  path: string;
  reason: string;
}

/**
 * The first place where a JSON value breaks FHIR's rules for JSON: no empty strings, arrays or objects, no unpaired
 * surrogates and no NUL, and a type for each contained resource. Undefined if there is none. Expects a value without deep nesting.
 * @see https://hl7.org/fhir/R4/json.html
 */
export function findMalformed(value: unknown, path: string): Malformed | undefined {
  if (typeof value === 'string') return malformedText(value, path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    return first(value, (one, index) => findMalformed(one, `${path}[${index}]`)) ?? empty(value, path, 'list');
  }
  return (
    first(Object.entries(value), (element) => malformedElement(element, path)) ??
    empty(Object.keys(value), path, 'object')
  );
}

function malformedElement([name, value]: [string, unknown], path: string): Malformed | undefined {
  const reason = faultOf(name);
  if (reason) return { path, reason: `The name of an element has ${reason}` };
  // Most elements are sound strings; this avoids building their paths.
  if (typeof value === 'string' && !malformedText(value, path)) return undefined;
  return (
    findMalformed(value, `${path}.${name}`) ?? (name === 'contained' ? untyped(value, `${path}.contained`) : undefined)
  );
}

function first<One>(all: One[], find: (one: One, index: number) => Malformed | undefined): Malformed | undefined {
  for (const [index, one] of all.entries()) {
    const found = find(one, index);
    if (found) return found;
  }
  return undefined;
}

function empty(parts: unknown[], path: string, what: string): Malformed | undefined {
  return parts.length === 0 ? { path, reason: `An empty ${what}` } : undefined;
}

function faultOf(text: string): string | undefined {
  if (text.includes('\0')) return 'the character NUL, which no text of FHIR has';
  return text.isWellFormed() ? undefined : 'half a surrogate pair, which is no Unicode text';
}

function malformedText(text: string, path: string): Malformed | undefined {
  if (text === '') return { path, reason: 'An empty text' };
  const reason = faultOf(text);
  return reason ? { path, reason: `A text with ${reason}` } : undefined;
}

function untyped(contained: unknown, path: string): Malformed | undefined {
  const index = Array.isArray(contained) ? contained.findIndex((one) => typeof one?.resourceType !== 'string') : -1;
  return index < 0 ? undefined : { path: `${path}[${index}]`, reason: 'A contained resource without a type' };
}
