import { type SearchParameter, supportedParameters } from '../definition/search-parameter.ts';

/** Kinds of search parameters whose values have an order. */
const sortable = ['token', 'uri', 'string', 'date', 'number', 'quantity', 'reference'] as const;
export type SortableKind = (typeof sortable)[number];

/** One sort key of `_sort`. */
export interface SortKey {
  parameter: SearchParameter;
  kind: SortableKind;
  descending: boolean;
}

const maxKeys = 5;

/**
 * Reads `_sort`: parameter names, `-` before descending ones. `refused` lists unknown parameters, those without an
 * order (such as composites), and keys beyond the fifth.
 * @see https://hl7.org/fhir/R4/search.html#sort
 */
export function readSort(resourceType: string, value: string): { keys: SortKey[]; refused: string[] } {
  const keys: SortKey[] = [];
  const refused: string[] = [];
  for (const text of value.split(',')) {
    const parameter = supportedParameters(resourceType).get(text.replace(/^-/, ''));
    const kind = sortable.find((one) => one === parameter?.kind);
    if (parameter && kind && keys.length < maxKeys) keys.push({ parameter, kind, descending: text.startsWith('-') });
    else refused.push(text);
  }
  return { keys, refused };
}
