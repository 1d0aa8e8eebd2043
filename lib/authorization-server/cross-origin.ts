import { isOriginOfEnabledClient } from '#lib/data/client/origins.ts';
import { preflight, readableFrom } from '#lib/http/cors.ts';

/** The endpoints that apps call with scripts. Discovery and keys are open to every origin, the other pages to none. */
const calledByApps = /^\/oauth\/(token|introspect|revoke|userinfo)\/?$/;

/**
 * Restricts the endpoints that apps call to registered origins. oidc-provider compares the origin only once it knows
 * the client: it grants every preflight, and lets every origin read errors that come before that.
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
    return (await isOriginOfEnabledClient(slug, origin)) ? answer() : preflight(['POST', 'OPTIONS'], undefined);
  }
  const response = await answer();
  // The origin is checked first, so that no token is issued to a foreign page.
  if (response.ok && path.startsWith('/oauth/token')) return response;
  return readableFrom(await readerOf(response, slug, origin), response);
}

/** The origin that may read an answer. That the server is busy, every page may: nobody can look up then which are registered. */
async function readerOf({ status }: Response, slug: string, origin: string): Promise<string | undefined> {
  if (status === 503) return '*';
  return (await isOriginOfEnabledClient(slug, origin)) ? origin : undefined;
}
