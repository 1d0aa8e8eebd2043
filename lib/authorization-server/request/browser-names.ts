import type { SecretHash } from '#lib/data/database/secret-hash.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import type { BrowserNames } from '#lib/data/read-ahead/read-for-browser.ts';
import { type LaunchHash, LaunchId } from '#lib/smart/launch/ids.ts';
import { launchIdsIn } from '#lib/smart/scope/launch-ids.ts';
import { single } from './single-parameter.ts';

/** The interaction after which a request goes on at this path, once the user was asked something. */
export function resumedInteraction(path: string): string | undefined {
  return /^\/oauth\/authorize\/([^/]+)$/.exec(path)?.[1];
}

/** The ids that a request of a browser names, read before any of them is verified. */
export function browserNames(request: Request, path: string, ehrSession: SecretHash | undefined): BrowserNames {
  const { searchParams } = new URL(request.url);
  return {
    session: cookieOf(request, '_session'),
    interaction: resumedInteraction(path),
    clientId: single(searchParams, 'client_id'),
    launchHash: launchHashOf(single(searchParams, 'launch') ?? launchIdsIn(single(searchParams, 'scope') ?? '')[0]),
    ehrSession,
  };
}

function launchHashOf(sent: string | undefined): LaunchHash | undefined {
  return sent === undefined ? undefined : hashLaunchId(LaunchId.parse(sent));
}

/** The value of a cookie as it was sent; oidc-provider verifies its signature before using it. */
function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}
