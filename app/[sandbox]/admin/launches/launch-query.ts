import { z } from 'zod';
import type { LaunchFilter } from '#lib/data/launch/list.ts';
import { launchOrigins } from '#lib/smart/launch/origin.ts';
import { launchStatuses } from '#lib/smart/launch/status.ts';
import { chosenId, oneOf, type SearchParameters } from '../../_list/search-parameters.ts';

const LaunchQuery = z.object({
  user: chosenId,
  app: chosenId,
  patient: chosenId.transform((typed) => typed.trim()),
  origin: oneOf(launchOrigins),
  status: oneOf(launchStatuses),
});

/** The filter in the address of the list; '' where it does not narrow. */
export type LaunchQuery = z.infer<typeof LaunchQuery>;

/** Reads the address of the list; values that the filter does not offer narrow nothing. */
export function readLaunchQuery(sent: SearchParameters): LaunchQuery {
  return LaunchQuery.parse(sent);
}

/**
 * The query as a filter for the store. An id with a NUL is left out: nothing has it, and the database cannot compare
 * it.
 */
export function filterOf({ user, app, patient, origin, status }: LaunchQuery): LaunchFilter {
  const clean = (typed: string) => typed.replaceAll('\0', '') || undefined;
  return {
    userId: clean(user),
    clientId: clean(app),
    patient: clean(patient),
    origin: origin || undefined,
    status: status || undefined,
  };
}
