import { z } from 'zod';

/** The search parameters of a page's address, as Next.js hands them over: absent, once, or several times. */
export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>;

const maxText = 200;

/** Text that somebody typed, cut off where it is too long; '' for anything else. No stored text has a NUL. */
export const typedText = z
  .string()
  .catch('')
  .transform((sent) => sent.replaceAll('\0', '').trim().slice(0, maxText));

/** The id of what somebody chose from a list; '' for anything that is too long to be one. */
export const chosenId = z.string().max(maxText).catch('');

/** One of `options`, or '' for anything else. */
export function oneOf<const Option extends string>(options: readonly Option[]) {
  return z.enum(options).or(z.literal('')).catch('');
}

/** The number of a page, from 1; the first for anything that is no number of one. */
export const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
  .catch(1);

/** The part of a query that narrows a list, as it stands in addresses. */
export function narrowing(query: object): Record<string, string> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** The address of a list with what of `query` says anything. */
export function listAddress(list: string, query: object): string {
  const parameters = new URLSearchParams(narrowing(query));
  return parameters.size > 0 ? `${list}?${parameters}` : list;
}
