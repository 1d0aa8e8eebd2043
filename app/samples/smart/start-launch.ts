import { AppFailure } from './failure.ts';
import { isHttpUrl, readLaunchRequest } from './launch-request.ts';
import type { Registration } from './registration.ts';
import { requireStorage } from './storage.ts';

let started: Promise<void> | undefined;

/** Sends the browser to the authorization server, only once per page load however often it is called. */
export function startLaunch(registration: Registration, servers: readonly string[]): Promise<void> {
  started ??= start(registration, servers);
  return started;
}

async function start(registration: Registration, servers: readonly string[]): Promise<void> {
  const request = readLaunchRequest(new URL(location.href), servers);
  requireStorage();
  // fhirclient lets other query parameters override the client and the patient, so only these two are left.
  history.replaceState(null, '', `?${new URLSearchParams({ ...request })}`);
  const { default: FHIR } = await import('fhirclient/lib/entry/browser');
  const redirectUri = new URL(registration.redirectPath, location.origin).href;
  const target = await FHIR.oauth2
    .authorize({
      clientId: registration.clientId,
      scope: registration.scope,
      redirectUri,
      pkceMode: 'required',
      completeInTarget: true,
      noRedirect: true,
    })
    .catch((error: unknown) => {
      throw noDiscovery(request.iss, error instanceof Error ? error.message : String(error));
    });
  // Without an authorization server fhirclient returns our own redirect URI; a foreign server may name any scheme.
  if (!target || target.startsWith(redirectUri) || !isHttpUrl(target)) {
    throw noDiscovery(request.iss, 'It names no authorization endpoint with an http(s) address.');
  }
  location.replace(target);
}

function noDiscovery(iss: string, detail: string): AppFailure {
  return new AppFailure({
    title: 'The FHIR server’s SMART configuration cannot be used',
    detail,
    advice: `The launch named ${iss}. Check that it serves .well-known/smart-configuration, then launch again.`,
  });
}
