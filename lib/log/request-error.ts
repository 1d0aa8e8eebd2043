import { log } from './log.ts';
import { currentRequest, duringRequest } from './request-notes.ts';

/** A request as Next tells of it. */
interface FailedRequest {
  method: string;
  headers: NodeJS.Dict<string | string[]>;
}

/** Where in the app it failed. */
interface Place {
  routePath: string;
  routeType: string;
}

/**
 * Logs what a page, an action or a route has thrown, under the id of its request. Trouble that passes is left out, as
 * whoever met it has told it. The address stays out as well: it may hold a secret or name a patient.
 */
export function logRequestError(error: unknown, { method, headers }: FailedRequest, place: Place): void {
  if ((error as { digest?: unknown } | null)?.digest === 'BUSY') return;
  const { routePath: route, routeType: kind } = place;
  const tell = () => log.error('A request failed.', { method, route, kind, error });
  const id = headers['x-request-id'];
  // Next may call from work of its own.
  if (currentRequest() || typeof id !== 'string') tell();
  else duringRequest({ id }, tell);
}
