import type { CodeableConcept, Coding } from 'fhir/r4';
import type { Expansion } from './value-set.ts';
import { expansionOf } from './value-set.ts';

/** A coded value as reported by the structural validator: a `code`, Coding, CodeableConcept or other. */
export interface BoundValue {
  type: string;
  value: unknown;
  path: string;
}

const fewCodes = 12;

function holdsCoding(expansion: Expansion, { system, code }: Coding): boolean {
  return code !== undefined && Boolean(expansion.get(system ?? '')?.has(code));
}

function isBound(expansion: Expansion, { type, value }: BoundValue): boolean {
  switch (type) {
    case 'code':
      return [...expansion.values()].some((codes) => codes.has(String(value)));
    case 'Coding':
      return holdsCoding(expansion, value as Coding);
    case 'CodeableConcept': {
      const { coding } = value as CodeableConcept;
      return !coding || coding.some((each) => holdsCoding(expansion, each));
    }
    default:
      return true;
  }
}

function shown({ type, value }: BoundValue): string {
  const codings =
    type === 'code' ? [{ code: String(value) }] : ((value as CodeableConcept).coding ?? [value as Coding]);
  return codings.map(({ code }) => `"${code}"`).join(', ');
}

function expected(expansion: Expansion): string {
  const codes = [...expansion.values()].flatMap((each) => [...each]);
  return codes.length <= fewCodes ? `; expected ${codes.join(', ')}` : '';
}

/**
 * Finds coded values outside the value set to which their element is bound with strength `required`.
 * @param bound the values, by canonical URL of their value set
 * @see https://hl7.org/fhir/R4/terminologies.html#required
 */
export function findUnboundCodes(bound: Record<string, BoundValue[]>): { path: string; diagnostics: string }[] {
  return Object.entries(bound).flatMap(([valueSet, values]) => {
    const expansion = expansionOf(valueSet);
    return expansion
      ? values
          .filter((value) => !isBound(expansion, value))
          .map((value) => ({
            path: value.path,
            diagnostics: `${shown(value)} is not a code of ${valueSet.split('|')[0]}${expected(expansion)}`,
          }))
      : [];
  });
}
