import { z } from 'zod';

/** The search parameters of a page's address, as Next.js hands them over: absent, once, or several times. */
export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>;

const maxText = 200;

/** Reads typed text, cut off where it is too long; '' for anything else. NULs are removed: no stored text has one. */
export const typedText = z
  .string()
  .catch('')
  .transform((sent) => sent.replaceAll('\0', '').trim().slice(0, maxText));

/** Reads the id of a choice from a list; '' for anything that is too long to be one. */
export const chosenId = z.string().max(maxText).catch('');

/** Reads one of `options`; '' for anything else. */
export function oneOf<const Option extends string>(options: readonly Option[]) {
  return z.enum(options).or(z.literal('')).catch('');
}

/** Reads the number of a page, from 1; 1 for anything else. */
export const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
  .catch(1);

/** The members of a query that are set, as they stand in addresses. */
export function narrowing(query: object): Record<string, string> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** The address of a list with those members of `query` that are set. */
export function listAddress(list: string, query: object): string {
  const parameters = new URLSearchParams(narrowing(query));
  return parameters.size > 0 ? `${list}?${parameters}` : list;
}
