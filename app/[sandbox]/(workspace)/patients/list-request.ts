import type { PatientQuery } from '#lib/data/chart/patients.ts';

type PatientSort = 'name' | '-name' | 'birthdate' | '-birthdate';

/** What the address of the patient list asks for. */
export interface ListRequest {
  query: PatientQuery;
  sort: PatientSort;
  /** 1 for the first page. */
  page: number;
  /** Cursors of the pages up to this one, so that one can page back; only the latest are kept. */
  trail: readonly string[];
  errors: Partial<Record<keyof PatientQuery, string>>;
}

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const SORTS: readonly PatientSort[] = ['name', '-name', 'birthdate', '-birthdate'];
const LONGEST = 200;
const STEPS_BACK = 20;
const DATE_ERROR = 'Give a date such as 1980-04-21, or only the year or month.';

function text(value: string | string[] | undefined): string {
  const one = Array.isArray(value) ? value[0] : value;
  return one?.trim().slice(0, LONGEST) ?? '';
}

/** A day, month or year that exists. */
function isDate(value: string): boolean {
  const at = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** Reads the list's address; what cannot be used becomes an error beside its field, or the first page. */
export function parseListRequest(params: SearchParams): ListRequest {
  const query = { name: text(params.name), identifier: text(params.identifier), birthdate: text(params.birthdate) };
  const trail = typeof params.trail === 'string' ? params.trail.split('~').filter(Boolean).slice(-STEPS_BACK) : [];
  const page = Number(text(params.page));
  return {
    query,
    sort: SORTS.find((sort) => sort === params.sort) ?? 'name',
    page: trail.length > 0 && Number.isSafeInteger(page) && page > trail.length ? page : trail.length + 1,
    trail,
    errors: query.birthdate && !isDate(query.birthdate) ? { birthdate: DATE_ERROR } : {},
  };
}

/** The query part of the list's address, without anything that is at its default. */
export function listAddress({ query, sort, page, trail }: Omit<ListRequest, 'errors'>): string {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  if (sort !== 'name') params.set('sort', sort);
  if (trail.length > 0) params.set('page', String(page));
  if (trail.length > 0) params.set('trail', trail.slice(-STEPS_BACK).join('~'));
  return params.size > 0 ? `?${params}` : '';
}

/** The same list, sorted by a column: the other way round where it is sorted so already. */
export function sortedBy(request: ListRequest, key: string): string {
  const sort = SORTS.find((one) => one === (request.sort === key ? `-${key}` : key)) ?? 'name';
  return listAddress({ ...request, sort, page: 1, trail: [] });
}
