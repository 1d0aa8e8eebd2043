import type { Patient } from 'fhir/r4';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Reader } from '#lib/smart/permission/reader.ts';
import { searchResources } from '../search/search.ts';

/** The search fields of the patient list; '' for one that is empty. */
export interface PatientQuery {
  /** Words, each of which must begin some part of the name. */
  name: string;
  /** A whole identifier of any system, e.g. a medical record number. */
  identifier: string;
  /** A FHIR date of any precision. */
  birthdate: string;
}

/** The part of the list that is wanted, and its order. */
export interface PatientPage {
  count: number;
  sort?: 'name' | '-name' | 'birthdate' | '-birthdate';
  cursor?: string | undefined;
}

export interface FoundPatients {
  patients: Patient[];
  /** Matches on all pages; undefined when there are too many to count. */
  total: number | undefined;
  /** Cursor of the next page. */
  next: string | undefined;
}

const sorts = { name: 'family,given', '-name': '-family,-given', birthdate: 'birthdate', '-birthdate': '-birthdate' };
const maxWords = 8;

/** @see https://hl7.org/fhir/R4/search.html#escaping */
function escaped(text: string): string {
  return text.replaceAll(/[\\,|$]/g, String.raw`\$&`);
}

/** The search parameters for a query, without characters that no name or identifier contains. */
function parametersOf({ name, identifier, birthdate }: PatientQuery): [string, string][] {
  const clean = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ').trim();
  const words = clean(name)
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, maxWords);
  return [
    ...words.map((word): [string, string] => ['name', escaped(word)]),
    ...(clean(identifier) ? [['identifier', escaped(clean(identifier))] as [string, string]] : []),
    ...(birthdate ? [['birthdate', birthdate] as [string, string]] : []),
  ];
}

/**
 * The patients of a sandbox that match and that `reader` may see, in one page.
 * @throws FhirError 400 for a birth date or a cursor that cannot be used.
 */
export async function findPatients(
  reader: Reader,
  query: PatientQuery,
  { count, sort = 'name', cursor }: PatientPage,
): Promise<FoundPatients> {
  const pairs: [string, string][] = [...parametersOf(query), ['_sort', sorts[sort]], ['_count', String(count)]];
  if (cursor) pairs.push(['_cursor', cursor]);
  const found = await searchResources(reader, parseSearch('Patient', pairs));
  return { patients: found.matches.map(({ content }) => JSON.parse(content)), total: found.total, next: found.next };
}

/** The first patients whose name begins with the typed text, or whose identifier equals it; for pickers. */
export async function suggestPatients(reader: Reader, text: string): Promise<Patient[]> {
  const none = { name: '', identifier: '', birthdate: '' };
  const page = { count: 10 };
  const searches = [findPatients(reader, { ...none, name: text }, page)];
  if (/\d/.test(text)) searches.push(findPatients(reader, { ...none, identifier: text }, page));
  const found = (await Promise.all(searches)).flatMap(({ patients }) => patients);
  return [...new Map(found.map((patient) => [patient.id, patient])).values()];
}
