import { type SearchParameter, supportedParameters } from './search-parameter.ts';

/** One key of `_sort`. */
export interface SortKey {
  parameter: SearchParameter;
  descending: boolean;
}

const mostKeys = 5;

/**
 * Reads `_sort`: names, each with `-` for descending. By tokens, strings and dates; `refused` lists other names.
 * @see https://hl7.org/fhir/R4/search.html#sort
 */
export function readSort(resourceType: string, value: string): { keys: SortKey[]; refused: string[] } {
  const keys: SortKey[] = [];
  const refused: string[] = [];
  for (const text of value.split(',')) {
    const parameter = supportedParameters(resourceType).get(text.replace(/^-/, ''));
    const sortable = parameter && ['token', 'string', 'date'].includes(parameter.kind) && keys.length < mostKeys;
    if (sortable) keys.push({ parameter, descending: text.startsWith('-') });
    else refused.push(text);
  }
  return { keys, refused };
}
