import type { SecretHash } from '#lib/data/database/secret-hash.ts';
import type { ReadAhead } from '#lib/data/read-ahead/read-ahead.ts';
import { readForApp } from '#lib/data/read-ahead/read-for-app.ts';
import { readForBrowser } from '#lib/data/read-ahead/read-for-browser.ts';
import { appNames } from './app-names.ts';
import { browserNames } from './browser-names.ts';

/** Endpoints that browsers visit, and only these use the browser's session. Apps call the others. */
const forBrowsers = /^\/oauth\/(authorize|session)(\/|$)/;

export function isForBrowsers(path: string): boolean {
  return forBrowsers.test(path);
}

/**
 * Reads in one query everything that a request to the sandbox `slug` names; oidc-provider would send one query for
 * each, and still does for what is not found here. Undefined when there is no such sandbox.
 * @param path below the sandbox
 * @param session the browser's session at the EHR, if it brings one
 */
export function readAhead(
  request: Request,
  { slug, path, body, session }: { slug: string; path: string; body: Uint8Array; session: SecretHash | undefined },
): Promise<ReadAhead | undefined> {
  if (isForBrowsers(path)) return readForBrowser(slug, browserNames(request, path, session));
  return readForApp(slug, appNames(request, body));
}
