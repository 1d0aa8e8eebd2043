import { isFhirError } from '#lib/fhir/fhir-error.ts';

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

/** A request that is wrong in itself. */
export function badRequest(description: string): LaunchError {
  return new LaunchError(400, 'invalid_request', description);
}

/** What is refused until some time has passed. */
export function tooManyRequests(description: string): LaunchError {
  return new LaunchError(429, 'too_many_requests', description);
}

/** What the token may not put into a launch, or see of one. */
export function beyondReach(description: string): LaunchError {
  return new LaunchError(403, 'insufficient_scope', description);
}

/** What is not there, or is somebody else's: both are answered alike. */
export function noSuchLaunch(): LaunchError {
  const description = 'There is no such launch of this client and user, or it is used up or withdrawn.';
  return new LaunchError(404, 'not_found', description);
}

/** A path that goes on behind a launch id. */
export function noSuchAddress(): LaunchError {
  return new LaunchError(404, 'not_found', 'A launch has no addresses below its own.');
}

/** A method that the address does not answer; `allowed` are those that it does. */
export function methodNotAllowed(allowed: string[]): LaunchError {
  const allow = allowed.join(', ');
  return new LaunchError(405, 'invalid_request', `This address answers ${allow}.`, { Allow: allow });
}

const namesOf: Record<number, string> = { 401: 'invalid_token', 404: 'not_found' };

/**
 * Whatever was thrown as `{error, error_description}`; a FhirError keeps its status and its WWW-Authenticate.
 * What nobody expected is logged, and answered without its detail.
 */
export function errorResponse(thrown: unknown): Response {
  if (thrown instanceof LaunchError) return answer(thrown.status, thrown.error, thrown.message, thrown.headers);
  if (isFhirError(thrown)) {
    return answer(thrown.status, namesOf[thrown.status] ?? 'invalid_request', thrown.message, thrown.headers);
  }
  console.error('The launch service failed:', thrown);
  return answer(500, 'server_error', 'The launch service failed. The server log says more.');
}

function answer(status: number, error: string, description: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error, error_description: description }, { status, headers });
}
