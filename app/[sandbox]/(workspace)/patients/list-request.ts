import { z } from 'zod';
import type { PatientQuery } from '#lib/data/chart/patients.ts';
import { listAddress, type SearchParameters, typedText } from '../../_list/search-parameters.ts';

const sorts = ['name', '-name', 'birthdate', '-birthdate'] as const;
type PatientSort = (typeof sorts)[number];

/** The patient list that an address requests: filter, order and page. */
export interface ListRequest {
  query: PatientQuery;
  sort: PatientSort;
  /** 1 for the first page. */
  page: number;
  /** Cursors of the pages up to this one, for paging back; only the latest are kept. */
  trail: readonly string[];
  errors: Partial<Record<keyof PatientQuery, string>>;
}

const maxTrail = 20;
const dateError = 'Give a date such as 1980-04-21, or only the year or month.';

const firstText = z.preprocess((sent) => (Array.isArray(sent) ? sent[0] : sent), typedText);

const Address = z.object({
  name: firstText,
  identifier: firstText,
  birthdate: firstText,
  sort: z.enum(sorts).catch('name'),
  page: firstText.transform(Number),
  trail: z
    .string()
    .catch('')
    .transform((sent) => sent.split('~').filter(Boolean).slice(-maxTrail)),
});

/** Reads the list's address. An unusable value becomes an error beside its field; an unusable page, the first page. */
export function readListRequest(sent: SearchParameters): ListRequest {
  const { sort, page, trail, ...query } = Address.parse(sent);
  return {
    query,
    sort,
    page: trail.length > 0 && Number.isSafeInteger(page) && page > trail.length ? page : trail.length + 1,
    trail,
    errors: query.birthdate && !isDate(query.birthdate) ? { birthdate: dateError } : {},
  };
}

/** Tells whether `value` is a day, month or year that exists. */
function isDate(value: string): boolean {
  const at = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** The address of the list at `list` for a request; parameters with their default values are left out. */
export function addressOf(list: string, { query, sort, page, trail }: Omit<ListRequest, 'errors'>): string {
  const sorted = sort === 'name' ? {} : { sort };
  const paged = trail.length > 0 ? { page: String(page), trail: trail.slice(-maxTrail).join('~') } : {};
  return listAddress(list, { ...query, ...sorted, ...paged });
}

/** The address of the list sorted by a column; in the other direction when it is sorted by that column already. */
export function sortedBy(list: string, request: ListRequest, key: string): string {
  const sort = sorts.find((one) => one === (request.sort === key ? `-${key}` : key)) ?? 'name';
  return addressOf(list, { ...request, sort, page: 1, trail: [] });
}
