import type { TypedValue } from '@medplum/core';
import type { CodeableConcept, Coding, Identifier, Reference } from 'fhir/r4';
import { indexKey } from '../value/index-text.ts';
import { type IndexedString, stringsOf } from './string.ts';
import { type IndexedToken, tokensOf } from './token.ts';

/**
 * The human-readable texts that accompany a code, without duplicates, for `:text`.
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export function textsOfToken({ type, value }: TypedValue): IndexedString[] {
  const texts = [...new Set(readableTexts(type, value).filter((text) => typeof text === 'string'))];
  return texts.flatMap((text) => stringsOf({ type: 'string', value: text }));
}

function readableTexts(type: string, value: unknown): (string | undefined)[] {
  if (type === 'Coding') return [(value as Coding).display];
  if (type === 'Identifier') return [(value as Identifier).type?.text];
  if (type !== 'CodeableConcept') return [];
  const { text, coding = [] } = value as CodeableConcept;
  return [text, ...coding.map((one) => one?.display)];
}

/** The rows of an identifier for `:of-type`: its type is the system, its value the code. */
export function typesOf({ type, value }: TypedValue): IndexedToken[] {
  if (type !== 'Identifier') return [];
  const { type: concept, value: code } = value as Identifier;
  if (!code) return [];
  return (concept?.coding ?? []).flatMap((one) =>
    one?.code ? [{ system: typeKey(one.system ?? '', one.code), code: indexKey(code) }] : [],
  );
}

/** How an identifier's type is written in the index. */
export function typeKey(system: string, code: string): string {
  return indexKey(`${system}|${code}`);
}

/** The identifier in a logical reference, for `:identifier`. */
export function identifiersOf({ value }: TypedValue): IndexedToken[] {
  const { identifier } = (value ?? {}) as Reference;
  return typeof identifier === 'object' && !Array.isArray(identifier)
    ? tokensOf({ type: 'Identifier', value: identifier })
    : [];
}
