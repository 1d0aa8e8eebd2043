import { hashLaunchId } from '#lib/data/launch/launches.ts';
import type { BrowserNames } from '#lib/data/prefetch/authorization-prefetch.ts';
import { type LaunchHash, LaunchId } from '#lib/smart/launch/ids.ts';
import { launchIdsIn } from '#lib/smart/scope/launch-ids.ts';
import { single } from './single-parameter.ts';

/** What the request of a browser names, as far as it can be told before anything was checked. */
export function browserNames(request: Request, path: string, userId: string | undefined): BrowserNames {
  const { searchParams } = new URL(request.url);
  return {
    session: cookieOf(request, '_session'),
    interaction: /^\/oauth\/authorize\/([^/]+)$/.exec(path)?.[1],
    clientId: single(searchParams, 'client_id'),
    launchHash: launchHashOf(single(searchParams, 'launch') ?? launchIdsIn(single(searchParams, 'scope') ?? '')[0]),
    userId,
  };
}

function launchHashOf(sent: string | undefined): LaunchHash | undefined {
  return sent === undefined ? undefined : hashLaunchId(LaunchId.parse(sent));
}

/** The value as it was sent: whether its signature is right is oidc-provider's to say before it uses it. */
function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}
