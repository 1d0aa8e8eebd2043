import type { IncomingHttpHeaders } from 'node:http';

/** Headers in which a request may say where it was addressed to, or where it came from, without anybody's proof. */
export const addressHeaders = [
  'host',
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-for',
];

/**
 * Makes a request count as addressed to `origin`, whatever it says itself: frameworks read these headers to build
 * addresses, and to judge whether a form comes from their own pages.
 */
export function addressTo(origin: string, headers: IncomingHttpHeaders): void {
  const { host, protocol } = new URL(origin);
  for (const name of addressHeaders) delete headers[name];
  Object.assign(headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
}
