import { isOriginOfAnyClient } from '#lib/data/client/origins.ts';
import { preflight, readableFrom } from '#lib/http/cors.ts';

/** What apps call with scripts; discovery and keys are for every origin, the other pages for none. */
const calledByApps = /^\/oauth\/(token|introspect|revoke|userinfo)\/?$/;

/**
 * Keeps the endpoints that apps call to the origins that are registered. oidc-provider compares the origin with the
 * client once it knows the client, but grants every preflight, and lets every origin read what it says before that.
 * @param path below the sandbox
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 */
export async function keepToApps(
  request: Request,
  slug: string,
  path: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  const origin = request.headers.get('origin');
  if (!origin || !calledByApps.test(path)) return answer();
  if (request.method === 'OPTIONS') {
    return (await isOriginOfAnyClient(slug, origin)) ? answer() : preflight(['POST', 'OPTIONS'], undefined);
  }
  const response = await answer();
  // Tokens are issued to nobody before the origin was compared.
  if (response.ok && path.startsWith('/oauth/token')) return response;
  return readableFrom((await isOriginOfAnyClient(slug, origin)) ? origin : undefined, response);
}
