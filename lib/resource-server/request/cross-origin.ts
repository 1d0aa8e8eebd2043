import { isOriginOfEnabledClient } from '#lib/data/client/origins.ts';
import { ownOrigins } from '#lib/env.ts';
import { preflight, readableFrom } from '#lib/http/cors.ts';
import { type ClientAddresses, isOriginOf } from '#lib/smart/client/origins.ts';
import { answerError } from './answer.ts';

/**
 * Answers an OPTIONS request below the sandbox `slug`. A preflight does not carry the token, so it is granted to the
 * pages of every app that is registered and enabled there.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 */
export async function answerPreflight(request: Request, slug: string, methods: string[]): Promise<Response> {
  try {
    return preflight(methods, await registeredOrigin(request, slug));
  } catch (thrown) {
    return answerError(thrown);
  }
}

/**
 * Lets the pages of the token's client read `answer`. A refusal may be read by the pages of every app, so that they
 * learn the reason.
 */
export async function readableByClient(
  answer: Response,
  request: Request,
  slug: string,
  client: ClientAddresses,
): Promise<Response> {
  const origin = request.headers.get('origin');
  if (origin && isOriginOf(client, origin, ownOrigins())) return readableFrom(origin, answer);
  return answer.status === 403 ? readableByApps(answer, request, slug) : readableFrom(undefined, answer);
}

/**
 * Lets the pages of every registered app read `answer`, such as a 401; it must not contain anything about a patient.
 * That the server is busy may be read by every page: then nobody can look up which origins are registered.
 */
export async function readableByApps(answer: Response, request: Request, slug: string): Promise<Response> {
  if (answer.status === 503) return readableFrom('*', answer);
  try {
    return readableFrom(await registeredOrigin(request, slug), answer);
  } catch (thrown) {
    return readableFrom('*', answerError(thrown));
  }
}

/** The origin of the request, when it is registered. */
async function registeredOrigin(request: Request, slug: string): Promise<string | undefined> {
  const origin = request.headers.get('origin');
  return origin && (await isOriginOfEnabledClient(slug, origin)) ? origin : undefined;
}
