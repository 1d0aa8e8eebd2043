import type { TypedValue } from '@medplum/core';
import type { Address, HumanName } from 'fhir/r4';
import { indexKey, normalizeText } from '../value/index-text.ts';

export interface IndexedString {
  /** Normalized text, which an ordinary search compares. */
  value: string;
  /** Original text, which `:exact` compares. */
  exact: string;
}

/**
 * The searchable texts of a string, or of each part of a name or an address.
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function stringsOf({ type, value }: TypedValue): IndexedString[] {
  return textsOf(type, value).map((text) => ({ value: normalizeText(text), exact: indexKey(text) }));
}

function textsOf(type: string, value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (type === 'HumanName') return textsOfName(value as HumanName);
  if (type === 'Address') return textsOfAddress(value as Address);
  return [];
}

function textsOfName({ family, given, prefix, suffix, text }: HumanName): string[] {
  return present([family, ...(given ?? []), ...(prefix ?? []), ...(suffix ?? []), text]);
}

function textsOfAddress({ line, city, district, state, country, postalCode, text }: Address): string[] {
  return present([...(line ?? []), city, district, state, country, postalCode, text]);
}

/** Drops nulls, which FHIR's JSON allows in arrays where an element has only an extension. */
function present(texts: (string | null | undefined)[]): string[] {
  return texts.filter((text) => typeof text === 'string');
}
