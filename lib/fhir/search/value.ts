import { typeKey } from '../index/token-parts.ts';
import { isId, parseReference } from '../reference/reference.ts';
import { type DateRange, dateRange } from '../value/date-range.ts';
import { indexKey } from '../value/index-text.ts';

/** Comparison prefixes of ordered values. @see https://hl7.org/fhir/R4/search.html#prefix */
const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
export type Prefix = (typeof prefixes)[number];

/** A token to search for. An undefined member matches anything; an empty system matches only codes without one. */
export interface TokenValue {
  system?: string;
  code?: string;
}

export type DateValue = DateRange & { prefix: Prefix };

/** A number as decimal text, with half a unit of its last digit: the precision in which it was written. */
export interface QuantityValue {
  prefix: Prefix;
  value: string;
  margin: string;
  system?: string;
  code?: string;
}

/** A reference to search for. Undefined type: any type. Empty type: `id` is the URL of a resource elsewhere. */
export interface ReferenceValue {
  resourceType?: string;
  id: string;
}

/** The parts of a value between `|`, unless escaped by a backslash. */
export function partsOf(text: string): string[] {
  return split(text, '|').map(withoutEscapes);
}

/** The parts of a value between unescaped separators, still escaped. */
function split(text: string, separator: ',' | '|' | '$'): string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (token === separator) parts.push('');
    else parts.push(`${parts.pop()}${token}`);
  }
  return parts;
}

/** Removes escaping backslashes. @see https://hl7.org/fhir/R4/search.html#escaping */
function withoutEscapes(text: string): string {
  return text.replaceAll(/\\([\\,|$])/g, '$1');
}

/** The comma-separated alternatives of a parameter's value, still escaped. */
export function alternatives(value: string): string[] {
  return split(value, ',');
}

/** Reads `code`, `system|code`, `|code` (no system) or `system|` (any code in it). */
export function parseToken(text: string): TokenValue | undefined {
  const [first = '', ...rest] = partsOf(text);
  if (rest.length === 0) return { code: indexKey(first) };
  const code = rest.join('|');
  if (first === '' && code === '') return undefined;
  return { system: indexKey(first), code: code ? indexKey(code) : undefined };
}

/** Reads `system|code|value`, an identifier with its type. @see https://hl7.org/fhir/R4/search.html#token */
export function parseTypedIdentifier(text: string): TokenValue | undefined {
  const [system = '', code = '', ...value] = partsOf(text);
  if (!code || value.join('|') === '') return undefined;
  return { system: typeKey(system, code), code: indexKey(value.join('|')) };
}

/** Splits a composite value such as `code$value` into exactly `count` parts, still escaped. */
export function parseComposite(text: string, count: number): string[] | undefined {
  const written = split(text, '$');
  return written.length === count && written.every(Boolean) ? written : undefined;
}

/** Reads a uri, which is compared whole. */
export function parseUri(text: string): TokenValue {
  return { code: indexKey(withoutEscapes(text)) };
}

export function parseString(text: string): string {
  return withoutEscapes(text);
}

/** Reads `[prefix]date`, to any precision. @see https://hl7.org/fhir/R4/search.html#date */
export function parseDate(text: string): DateValue | undefined {
  const [prefix, rest] = splitPrefix(text);
  const range = dateRange(rest);
  return range && { prefix, ...range };
}

/**
 * Reads `[prefix]number`, `[prefix]number|system|code` or `[prefix]number||code`.
 * @see https://hl7.org/fhir/R4/search.html#quantity
 */
export function parseQuantity(text: string): QuantityValue | undefined {
  const [number = '', system, code, ...more] = partsOf(text);
  const [prefix, value] = splitPrefix(number);
  const written = /^[+-]?\d{1,30}(?:\.(?<decimals>\d{1,30}))?(?:e(?<exponent>[+-]?\d{1,2}))?$/i.exec(value)?.groups;
  if (!written || more.length > 0) return undefined;
  const lastDigit = Number(written.exponent ?? 0) - (written.decimals ?? '').length;
  return {
    prefix,
    value,
    margin: `5e${lastDigit - 1}`,
    system: system ? indexKey(system) : undefined,
    code: code ? indexKey(code) : undefined,
  };
}

/**
 * Reads `id`, `Type/id`, the absolute form below `base`, or any other URL, which then stands for itself.
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function parseReferenceValue(text: string, base?: string): ReferenceValue | undefined {
  const written = withoutEscapes(text);
  if (isId(written)) return { id: written };
  if (/^[a-z][a-z0-9+.-]*:/i.test(written) && !parseReference(written, base)) {
    return { resourceType: '', id: indexKey(written) };
  }
  return parseReference(written, base);
}

function splitPrefix(text: string): [Prefix, string] {
  const prefix = prefixes.find((one) => text.startsWith(one));
  return prefix ? [prefix, text.slice(2)] : ['eq', text];
}
