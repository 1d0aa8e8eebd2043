import { readForBrowser } from '#lib/data/prefetch/authorization-prefetch.ts';
import type { ReadAhead } from '#lib/data/prefetch/read-ahead.ts';
import { readForApp } from '#lib/data/prefetch/token-prefetch.ts';
import { appNames } from './app-names.ts';
import { browserNames } from './browser-names.ts';

/** Endpoints that a browser is sent to; apps call the others. Only these look at the browser's session. */
const forBrowsers = /^\/oauth\/(authorize|session)(\/|$)/;

export function isForBrowsers(path: string): boolean {
  return forBrowsers.test(path);
}

/**
 * Reads in one query what a request to the sandbox `slug` names: oidc-provider would ask for one thing after another.
 * What it does not find there it still asks the database for. Undefined: no such sandbox.
 * @param path the path below the sandbox
 */
export function readAhead(
  request: Request,
  { slug, path, body, userId }: { slug: string; path: string; body: Uint8Array; userId: string | undefined },
): Promise<ReadAhead | undefined> {
  if (isForBrowsers(path)) return readForBrowser(slug, browserNames(request, path, userId));
  return readForApp(slug, appNames(request, body));
}
