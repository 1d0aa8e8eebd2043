import type { IncomingHttpHeaders } from 'node:http';

/** Headers in which a request claims, unverified, which address it was sent to or where it came from. */
export const addressHeaders = [
  'host',
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-for',
  'x-real-ip',
];

/**
 * Rewrites the headers so that the request counts as sent to `origin` by `client`, whatever it claims: frameworks build
 * URLs from these headers, and use them to decide whether a form came from their own pages. From here on,
 * `X-Forwarded-For` is one verified address.
 */
export function addressTo(origin: string, client: string, headers: IncomingHttpHeaders): void {
  const { host, protocol } = new URL(origin);
  for (const name of addressHeaders) delete headers[name];
  Object.assign(headers, {
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-for': client,
  });
}
