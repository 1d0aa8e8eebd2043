import { isFhirError } from '#lib/fhir/fhir-error.ts';

/** The refusal of a request to the launch service: an HTTP status and an OAuth-like error. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
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

const namesOf: Record<number, string> = { 401: 'invalid_token', 404: 'not_found' };

/**
 * Whatever was thrown as `{error, error_description}`; a FhirError keeps its status and its WWW-Authenticate.
 * What nobody expected is logged, and answered without its detail.
 */
export function errorResponse(thrown: unknown): Response {
  if (thrown instanceof LaunchError) return answer(thrown.status, thrown.error, thrown.message);
  if (isFhirError(thrown)) {
    return answer(thrown.status, namesOf[thrown.status] ?? 'invalid_request', thrown.message, thrown.headers);
  }
  console.error('The launch service failed:', thrown);
  return answer(500, 'server_error', 'The launch service failed. The server log says more.');
}

function answer(status: number, error: string, description: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error, error_description: description }, { status, headers });
}
