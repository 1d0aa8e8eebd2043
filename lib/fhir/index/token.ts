import type { TypedValue } from '@medplum/core';
import type { CodeableConcept, Coding, ContactPoint, Identifier } from 'fhir/r4';
import { indexKey } from '../value/index-text.ts';

/** A code and its system; each is empty when the value has none. */
export interface IndexedToken {
  system: string;
  code: string;
}

/** The tokens of a coded value, an identifier, a contact, a flag or a uri. @see https://hl7.org/fhir/R4/search.html#token */
export function tokensOf({ type, value }: TypedValue): IndexedToken[] {
  switch (type) {
    case 'CodeableConcept':
      return ((value as CodeableConcept).coding ?? []).flatMap(tokenOfCoding);
    case 'Coding':
      return tokenOfCoding(value as Coding);
    case 'Identifier':
      return token((value as Identifier).system, (value as Identifier).value);
    case 'ContactPoint':
      return token(undefined, (value as ContactPoint).value);
    default:
      return typeof value === 'object' ? [] : token(undefined, String(value));
  }
}

function tokenOfCoding({ system, code }: Coding): IndexedToken[] {
  return token(system, code);
}

function token(system = '', code = ''): IndexedToken[] {
  return system || code ? [{ system: indexKey(system), code: indexKey(code) }] : [];
}
