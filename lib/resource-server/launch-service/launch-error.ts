import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { log } from '#lib/log/log.ts';

/** The refusal of a request to the launch service: an HTTP status and an OAuth-like error. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
  readonly status: number;
  readonly error: string;
  readonly headers: Record<string, string>;

  constructor(status: number, error: string, description: string, headers: Record<string, string> = {}) {
    super(description);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** The refusal of an invalid request. */
export function badRequest(description: string): LaunchError {
  return new LaunchError(400, 'invalid_request', description);
}

/** The refusal of a request that came too soon after others. */
export function tooManyRequests(description: string): LaunchError {
  return new LaunchError(429, 'too_many_requests', description);
}

/** The refusal of a launch that names or contains anything the token may not read. */
export function beyondReach(description: string): LaunchError {
  return new LaunchError(403, 'insufficient_scope', description);
}

/** The refusal for a launch that does not exist or is somebody else's; both look alike. */
export function noSuchLaunch(): LaunchError {
  const description = 'There is no such launch of this client and user, or it is used up or withdrawn.';
  return new LaunchError(404, 'not_found', description);
}

/** The refusal of a path below a launch. */
export function noSuchAddress(): LaunchError {
  return new LaunchError(404, 'not_found', 'A launch has no addresses below its own.');
}

/** The refusal of a method that the address does not support; `allowed` are those that it does. */
export function methodNotAllowed(allowed: string[]): LaunchError {
  const allow = allowed.join(', ');
  return new LaunchError(405, 'invalid_request', `This address answers ${allow}.`, { Allow: allow });
}

const namesOf: Record<number, string> = { 401: 'invalid_token', 404: 'not_found', 503: 'temporarily_unavailable' };

/**
 * Converts anything thrown to `{error, error_description}`. A FhirError keeps its status and headers. An unexpected
 * error is logged and answered without details.
 */
export function errorResponse(thrown: unknown): Response {
  if (thrown instanceof LaunchError) return answer(thrown.status, thrown.error, thrown.message, thrown.headers);
  const refused = isFhirError(thrown) ? thrown : busyOf(thrown);
  if (refused) {
    const { status, message, headers } = refused;
    return answer(status, namesOf[status] ?? 'invalid_request', message, headers);
  }
  log.error('The launch service failed.', { error: thrown });
  return answer(500, 'server_error', 'The launch service failed. The server log says more.');
}

function answer(status: number, error: string, description: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error, error_description: description }, { status, headers });
}
